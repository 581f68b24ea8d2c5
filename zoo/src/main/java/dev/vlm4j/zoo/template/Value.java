package dev.vlm4j.zoo.template;

/** A value of the template language; there are no other kinds and none leads to the JVM. */
sealed interface Value
    permits Str,
        NoneValue,
        BoolValue,
        IntValue,
        FloatValue,
        Undefined,
        ListValue,
        DictValue,
        DictView,
        RangeValue,
        Stream,
        Function,
        Namespace,
        Loop {}
