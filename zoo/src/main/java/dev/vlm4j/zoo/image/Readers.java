package dev.vlm4j.zoo.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Opens the one reader that is meant for a format: the platform's own, or for WebP that of libwebp,
 * which the reference uses as well. Other readers that happen to be on the class path never see the
 * file.
 */
final class Readers {
  private static final String WEBP_READER = "com.luciad.imageio.webp.WebPImageReaderSpi";

  private Readers() {}

  static Session open(ImageFormat format, byte[] file) throws IOException {
    ImageReader reader = provider(format).createReaderInstance();
    return new Session(reader, file);
  }

  private static ImageReaderSpi provider(ImageFormat format) {
    return format == ImageFormat.WEBP ? webp() : platform(format);
  }

  private static ImageReaderSpi webp() {
    try {
      return (ImageReaderSpi) Class.forName(WEBP_READER).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the WebP reader is missing from the class path", e);
    }
  }

  private static ImageReaderSpi platform(ImageFormat format) {
    String suffix = "." + format.name().toLowerCase(Locale.ROOT) + ".";
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(ImageReaderSpi.class, spi -> isPlatform(spi, suffix), true);
    if (!providers.hasNext()) {
      throw new IllegalStateException("the Java runtime has no reader for " + format);
    }
    return providers.next();
  }

  private static boolean isPlatform(Object spi, String suffix) {
    String name = spi.getClass().getName();
    return name.startsWith("com.sun.imageio.plugins.") && name.contains(suffix);
  }

  /** A reader at work on one file; what it merely warns of counts as damage. */
  static final class Session implements AutoCloseable {
    private final ImageReader reader;
    private final MemoryCacheImageInputStream input;
    private final List<String> warnings = new ArrayList<>();

    Session(ImageReader reader, byte[] file) {
      this.reader = reader;
      this.input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
      reader.setInput(input, true, true);
      IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
      reader.addIIOReadWarningListener(listener);
    }

    ImageReader reader() {
      return reader;
    }

    void check(PixelLimit limit) throws IOException {
      limit.check(reader.getWidth(0), reader.getHeight(0));
    }

    /** Fails if the reader had to repair anything. */
    void failOnWarnings() {
      if (!warnings.isEmpty()) {
        throw new UnreadableImageException("it is truncated or corrupt");
      }
    }

    @Override
    public void close() throws IOException {
      reader.dispose();
      input.close();
    }
  }
}
