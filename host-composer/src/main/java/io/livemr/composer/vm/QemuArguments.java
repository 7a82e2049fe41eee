package io.livemr.composer.vm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the map channel in the arguments that a domain's definition hands to QEMU as they are:
 *
 * <pre>
 *  -chardev socket,id=X,path=P,server=on,wait=off   -object livemr-maps,id=…,chardev=X,generations=G
 * </pre>
 *
 * QEMU's option syntax: {@code key=value} between commas, a comma in a value doubled, the first key left out. Stateless.
 */
final class QemuArguments {

    private QemuArguments() {
    }

    /** The channel, or null if there is none or it is not whole. */
    static MapChannel mapChannel(final List<String> arguments) {
        final Map<String, String> maps = options(arguments, "-object", "qom-type").stream()
                .filter(object -> "livemr-maps".equals(object.get("qom-type"))).findFirst().orElse(Map.of());
        final Map<String, String> chardev = options(arguments, "-chardev", "backend").stream()
                .filter(device -> "socket".equals(device.get("backend")) && device.containsKey("path"))
                .filter(device -> device.getOrDefault("id", "").equals(maps.get("chardev"))).findFirst().orElse(Map.of());
        return chardev.isEmpty() || !maps.containsKey("generations")
                ? null : new MapChannel(Path.of(chardev.get("path")), Path.of(maps.get("generations")));
    }

    private static List<Map<String, String>> options(final List<String> arguments, final String name, final String firstKey) {
        final List<Map<String, String>> found = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(name) || arguments.get(i).equals("-" + name)) {
                found.add(keyValues(arguments.get(i + 1), firstKey));
            }
        }
        return found;
    }

    private static Map<String, String> keyValues(final String option, final String firstKey) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String part : parts(option)) {
            final int equals = part.indexOf('=');
            if (equals >= 0) {
                values.put(part.substring(0, equals), part.substring(equals + 1));
            } else if (values.isEmpty()) {
                values.put(firstKey, part);
            }
        }
        return values;
    }

    /** Splits at single commas; a doubled one is a comma. */
    private static List<String> parts(final String option) {
        final List<String> parts = new ArrayList<>();
        final StringBuilder part = new StringBuilder();
        for (int i = 0; i < option.length(); i++) {
            final char c = option.charAt(i);
            if (c != ',') {
                part.append(c);
            } else if (option.startsWith(",", i + 1)) {
                part.append(c);
                i++;
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
