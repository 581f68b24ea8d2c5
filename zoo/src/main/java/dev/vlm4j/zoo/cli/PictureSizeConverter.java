package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.PictureSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size such as {@code 640x480}. */
final class PictureSizeConverter implements ITypeConverter<PictureSize> {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})[xX]([1-9][0-9]{0,8})");

  @Override
  public PictureSize convert(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size; the form is WIDTHxHEIGHT in pixels, for example 640x480");
    }
    return new PictureSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }
}
