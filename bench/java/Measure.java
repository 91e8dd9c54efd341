import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * One thing at a time, warmed up until it is compiled, by time on a processor: that of this thread,
 * and that of the one that collects garbage, which is part of the price as freeing memory is
 * elsewhere.
 */
final class Measure {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long SLICE = 10_000_000;

    /** What was made, so that it has to be made. */
    static volatile Object sink;

    private final int rounds;
    private final long warmUp;
    private final Path collector;

    /** Some code that makes something. */
    interface Code {
        Object run() throws Exception;
    }

    Measure(int rounds) throws IOException {
        this.rounds = rounds;
        this.warmUp = rounds * 30_000_000L;
        this.collector = collector();
    }

    /** Prints a row. */
    void row(String record, String row, String name, Code code) throws Exception {
        int iterations = 1;
        long taken = 0;
        for (long total = 0; total < warmUp; total += taken) {
            taken = time(code, iterations);
            if (taken < SLICE) {
                iterations *= 2;
            }
        }
        iterations = (int) Math.max(1, iterations * SLICE / taken);
        double[] nanos = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            nanos[round] = (double) time(code, iterations) / iterations;
        }
        Arrays.sort(nanos);
        System.out.println(String.format(
                Locale.ROOT,
                "{\"record\":\"%s\",\"row\":\"%s\",\"unit\":\"ns\",\"entries\":"
                        + "[{\"name\":\"%s\",\"min\":%.2f,\"median\":%.2f}]}",
                record, row, name, nanos[0], nanos[rounds / 2]));
    }

    private long time(Code code, int iterations) throws Exception {
        long collected = collected();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < iterations; i++) {
            sink = code.run();
        }
        long taken = THREADS.getCurrentThreadCpuTime() - start;
        return Math.max(1, taken + collected() - collected);
    }

    /** How long the serial collector's thread has been running. */
    private long collected() throws IOException {
        return Long.parseLong(Files.readString(collector).split(" ")[0]);
    }

    /** What the system says of the time of the thread that collects. */
    private static Path collector() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                if (Files.readString(task.resolve("comm")).strip().equals("VM Thread")) {
                    return task.resolve("schedstat");
                }
            }
        }
        throw new IllegalStateException("no thread that collects garbage");
    }
}
