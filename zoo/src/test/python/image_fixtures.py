"""Writes the small pictures of the decoder tests and what Pillow makes of them.

    python image_fixtures.py ../resources/dev/vlm4j/zoo/image [folder with further pictures]

Needs Pillow and numpy. `expected.txt` gets one line a picture: name, width, height and SHA-256 of
the upright RGB bytes. With a second folder the same goes to `shared.txt` for the pictures there.
"""

import hashlib
import io
import pathlib
import struct
import sys
import zlib

import numpy as np
import PIL
from PIL import Image, ImageOps


def scene(width: int, height: int) -> np.ndarray:
    """uint8 [height, width, 3]: waves, an edge and some noise, so that every decoder step counts."""
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    noise = np.random.default_rng(7).integers(-20, 20, (height, width, 3))
    waves = np.stack([np.sin(x / 5 + c) * np.cos(y / (4 + c)) for c in range(3)], -1) * 110 + 128
    waves[(x > width // 2) & (y > height // 3)] *= 0.4
    return np.clip(waves + noise, 0, 255).astype(np.uint8)


RGB = Image.fromarray(scene(45, 37))
GRAY = RGB.convert("L")
ALPHA = Image.fromarray(scene(45, 37)[..., 1][::-1].copy())
DEEP = np.asarray(GRAY, np.uint16) * 3


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour_type, rows: bytes, *extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def deep_png(colour_type: int, channels: int, *extra: bytes) -> bytes:
    values = np.random.default_rng(3).integers(0, 65536, (9, 11, channels)).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in values)
    return png(11, 9, 16, colour_type, rows, *extra)


def low_png(depth: int, *extra: bytes) -> bytes:
    values = np.random.default_rng(depth).integers(0, 256, (9, (13 * depth + 7) // 8)).astype(np.uint8)
    return png(13, 9, depth, 0, b"".join(b"\0" + row.tobytes() for row in values), *extra)


def saved(image: Image.Image, format: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def orientation(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = number
    return exif


def gif_with_offset() -> bytes:
    inner = saved(GRAY.crop((0, 0, 10, 8)).convert("P"), "GIF")
    at = inner.rindex(b",\0\0\0\0\x0a\0\x08\0")
    moved = bytearray(inner)
    moved[6:10] = struct.pack("<HH", 16, 13)
    moved[at + 1 : at + 5] = struct.pack("<HH", 4, 3)
    return bytes(moved)


def files():
    yield "rgb.png", saved(RGB, "PNG")
    yield "rgba.png", saved(Image.merge("RGBA", (*RGB.split(), ALPHA)), "PNG")
    yield "gray.png", saved(GRAY, "PNG")
    yield "gray_alpha.png", saved(Image.merge("LA", (GRAY, ALPHA)), "PNG")
    yield "bilevel.png", saved(GRAY.convert("1"), "PNG")
    yield "palette.png", saved(RGB.quantize(200), "PNG")
    yield "palette_4bit.png", saved(RGB.quantize(13), "PNG")
    yield "palette_transparent.png", saved(RGB.quantize(50), "PNG", transparency=3)
    yield "rgb_transparent.png", saved(RGB, "PNG", transparency=RGB.getpixel((3, 3)))
    yield "gray_transparent.png", saved(GRAY, "PNG", transparency=GRAY.getpixel((3, 3)))
    yield "gray16.png", saved(Image.fromarray(DEEP), "PNG")
    yield "gray16_transparent.png", deep_png(0, 1, chunk(b"tRNS", b"\0\7"))
    yield "gray16_alpha.png", deep_png(4, 2)
    yield "rgb16.png", deep_png(2, 3)
    yield "rgba16.png", deep_png(6, 4)
    yield "gray2.png", low_png(2)
    yield "gray4.png", low_png(4)
    yield "gamma.png", png(13, 9, 4, 0, bytes(9 * 8), chunk(b"gAMA", struct.pack(">I", 100000)))
    yield "gray1_transparent.png", low_png(1, chunk(b"tRNS", b"\0\0"))
    yield "gray4_transparent.png", low_png(4, chunk(b"tRNS", b"\0\0"))
    yield "palette_two_transparent.png", saved(RGB.quantize(9), "PNG", transparency=b"\0\0" + b"\xff" * 7)
    yield "exif_8.png", saved(RGB, "PNG", exif=orientation(8))
    yield "one_pixel.png", saved(RGB.crop((0, 0, 1, 1)), "PNG")

    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        yield f"ycc_{name}.jpg", saved(RGB, "JPEG", quality=85, subsampling=sampling)
        yield f"progressive_{name}.jpg", saved(
            RGB, "JPEG", quality=60, subsampling=sampling, progressive=True)
    yield "ycc_440.jpg", resampled(1, 0x12)
    yield "ycc_411.jpg", resampled(2, 0x41)
    yield "gray.jpg", saved(GRAY, "JPEG", quality=70)
    yield "cmyk.jpg", saved(RGB.convert("CMYK"), "JPEG", quality=90)
    yield "stored_rgb.jpg", saved(RGB, "JPEG", quality=90, keep_rgb=True)
    yield "restarts.jpg", saved(RGB, "JPEG", quality=80, restart_marker_blocks=2)
    yield "low_quality.jpg", saved(RGB, "JPEG", quality=5)
    plain = saved(RGB, "JPEG", quality=85, subsampling=0)
    yield "without_jfif.jpg", plain[:2] + plain[20:]
    for number in range(1, 9):
        yield f"exif_{number}.jpg", saved(RGB, "JPEG", quality=50, exif=orientation(number))
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    yield "xmp_6.jpg", saved(RGB, "JPEG", quality=50, xmp=xmp)

    yield "palette.gif", saved(RGB.quantize(120), "GIF")
    yield "interlaced.gif", saved(RGB.quantize(30), "GIF", interlace=1)
    yield "gray.gif", saved(GRAY, "GIF")
    yield "bilevel.gif", saved(GRAY.convert("1"), "GIF")
    yield "transparent.gif", saved(RGB.quantize(40), "GIF", transparency=2)
    yield "animated.gif", saved(
        RGB.quantize(9), "GIF", save_all=True, append_images=[GRAY.quantize(9)], duration=50)
    yield "offset.gif", gif_with_offset()

    yield "rgb.bmp", saved(RGB, "BMP")
    yield "gray.bmp", saved(GRAY, "BMP")
    yield "bilevel.bmp", saved(GRAY.convert("1"), "BMP")
    yield "palette.bmp", saved(RGB.quantize(70), "BMP")

    yield "rgb.tif", saved(RGB, "TIFF")
    yield "lzw.tif", saved(RGB, "TIFF", compression="tiff_lzw")
    yield "deflate.tif", saved(RGB, "TIFF", compression="tiff_adobe_deflate")
    yield "gray.tif", saved(GRAY, "TIFF")
    yield "gray16.tif", saved(Image.fromarray(DEEP), "TIFF")
    yield "bilevel.tif", saved(GRAY.convert("1"), "TIFF")
    yield "palette.tif", saved(RGB.quantize(60), "TIFF")
    yield "rgba.tif", saved(Image.merge("RGBA", (*RGB.split(), ALPHA)), "TIFF")
    ycc = RGB.convert("YCbCr")
    yield "ycc.tif", saved(ycc, "TIFF")
    yield "ycc_lzw.tif", saved(ycc, "TIFF", compression="tiff_lzw")
    ranges = {532: (16.0, 235.0, 128.0, 240.0, 128.0, 240.0), 529: (0.2126, 0.7152, 0.0722)}
    yield "ycc_ranges.tif", saved(ycc, "TIFF", compression="packbits", tiffinfo=ranges)
    for name, image in (("rgb", RGB), ("gray", GRAY), ("ycc", ycc)):
        yield f"jpeg_{name}.tif", saved(image, "TIFF", compression="jpeg", quality=80)
    yield "exif_5.tif", saved(RGB, "TIFF", tiffinfo={0x0112: 5})

    yield "lossless.webp", saved(RGB, "WEBP", lossless=True)
    yield "lossless_alpha.webp", saved(
        Image.merge("RGBA", (*RGB.split(), ALPHA)), "WEBP", lossless=True, exact=True)
    yield "lossless_exif_6.webp", saved(RGB, "WEBP", lossless=True, exif=orientation(6))
    yield "lossless_animated.webp", saved(
        RGB, "WEBP", lossless=True, save_all=True, append_images=[ImageOps.mirror(RGB)])
    profile = b"not a profile" * 20
    yield "bad_profile.png", saved(GRAY, "PNG", icc_profile=profile)
    yield "bad_profile.jpg", saved(RGB, "JPEG", quality=50, icc_profile=profile)
    yield "bad_profile.tif", saved(RGB.crop((0, 0, 9, 9)), "TIFF", icc_profile=profile)
    yield "bad_profile.webp", saved(RGB, "WEBP", lossless=True, icc_profile=profile)
    yield "group4.tif", saved(GRAY.convert("1"), "TIFF", compression="group4")
    yield "lossy.webp", saved(RGB, "WEBP", quality=80)
    yield "lossy_poor.webp", saved(RGB, "WEBP", quality=5)
    yield "lossy_alpha.webp", saved(Image.merge("RGBA", (*RGB.split(), ALPHA)), "WEBP", quality=60)
    yield "lossy_exif_6.webp", saved(RGB, "WEBP", quality=70, exif=orientation(6))
    yield "lossy_animated.webp", saved(
        RGB, "WEBP", quality=70, save_all=True, append_images=[ImageOps.mirror(RGB)])


def resampled(subsampling: int, factors: int) -> bytes:
    """Another sampling of as many blocks: Pillow writes three of them only. The picture is scrambled, the file is fine."""
    data = bytearray(saved(RGB.crop((0, 0, 32, 32)), "JPEG", quality=85, subsampling=subsampling))
    data[data.index(b"\xff\xc0") + 11] = factors
    return bytes(data)


def line(path: pathlib.Path) -> str:
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    digest = hashlib.sha256(image.tobytes()).hexdigest()
    return f"{path.name} {image.width} {image.height} {digest}"


def converted(path: pathlib.Path):
    """What image processors make of a picture that its loader remembers a transparent colour of."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    if image.info.get("transparency") is not None:
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
        yield f"{path.name} {image.width} {image.height} {hashlib.sha256(image.tobytes()).hexdigest()}"


def main():
    folder = pathlib.Path(sys.argv[1])
    paths = []
    for name, data in files():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    inks = RGB.crop((0, 0, 5, 5)).convert("CMYK")
    (folder / "refused_cmyk.tif").write_bytes(saved(inks, "TIFF"))
    header = f"# Pillow {PIL.__version__}"
    (folder / "expected.txt").write_text("\n".join([header, *map(line, paths)]) + "\n")
    lines = [line for path in paths for line in converted(path)]
    (folder / "converted.txt").write_text("\n".join([header, *lines]) + "\n")
    if len(sys.argv) > 2:
        others = sorted(p for p in pathlib.Path(sys.argv[2]).iterdir() if p.suffix in SUFFIXES)
        (folder / "shared.txt").write_text("\n".join([header, *map(line, others)]) + "\n")


SUFFIXES = {".png", ".jpg", ".gif", ".webp"}

if __name__ == "__main__":
    main()
