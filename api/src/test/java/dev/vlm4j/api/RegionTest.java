package dev.vlm4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static final Region.Point ORIGIN = new Region.Point(0, 0);

  @Test
  void boxHasItsCornersClockwiseFromTheTopLeft() {
    assertThat(new Region.Box(1, 2, 3, 4).points())
        .containsExactly(
            new Region.Point(1, 2),
            new Region.Point(3, 2),
            new Region.Point(3, 4),
            new Region.Point(1, 4));
  }

  @Test
  void quadHasExactlyFourCorners() {
    assertThatThrownBy(() -> new Region.Quad(List.of(ORIGIN, ORIGIN, ORIGIN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3");
  }

  @Test
  void polygonHasThePointsOfAllItsOutlines() {
    Region.Point other = new Region.Point(5, 6);
    Region.Polygon polygon =
        new Region.Polygon(List.of(List.of(ORIGIN, other), List.of(), List.of(other)));

    assertThat(polygon.points()).containsExactly(ORIGIN, other, other);
  }
}
