package dev.vlm4j.spi;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Element types of stored tensors, named as in safetensors headers. */
public enum StorageType {
  /** Truth value in one byte. */
  BOOL(8),
  /** Unsigned byte. */
  U8(8),
  /** Signed byte. */
  I8(8),
  /** Signed 16-bit integer. */
  I16(16),
  /** Unsigned 16-bit integer. */
  U16(16),
  /** Signed 32-bit integer. */
  I32(32),
  /** Unsigned 32-bit integer. */
  U32(32),
  /** Signed 64-bit integer. */
  I64(64),
  /** Unsigned 64-bit integer. */
  U64(64),
  /** Half precision float. */
  F16(16),
  /** Brain float: the upper half of a single precision float. */
  BF16(16),
  /** Single precision float. */
  F32(32),
  /** Double precision float. */
  F64(64),
  /** Complex number of two single precision floats. */
  C64(64),
  /** 4-bit float. */
  F4(4),
  /** 6-bit float, 2 bits of exponent. */
  F6_E2M3(6),
  /** 6-bit float, 3 bits of exponent. */
  F6_E3M2(6),
  /** 8-bit float, 5 bits of exponent. */
  F8_E5M2(8),
  /** 8-bit float, 4 bits of exponent. */
  F8_E4M3(8),
  /** 8-bit power of two. */
  F8_E8M0(8),
  /** 8-bit float, 4 bits of exponent, no negative zero. */
  F8_E4M3FNUZ(8),
  /** 8-bit float, 5 bits of exponent, no negative zero. */
  F8_E5M2FNUZ(8);

  private static final Map<String, StorageType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, type -> type));

  private final int bits;

  StorageType(int bits) {
    this.bits = bits;
  }

  /** Returns the number of bits of one element. */
  public int bits() {
    return bits;
  }

  /** Returns the type of that header name, or empty if the format does not know it. */
  public static Optional<StorageType> ofHeader(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
