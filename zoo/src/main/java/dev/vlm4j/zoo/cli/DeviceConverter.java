package dev.vlm4j.zoo.cli;

import dev.vlm4j.spi.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a device as {@link Device#parse} does. */
final class DeviceConverter implements ITypeConverter<Device> {
  @Override
  public Device convert(String text) {
    try {
      return Device.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
