import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Java's Avro on the cases of the benchmark, with the classes that its compiler generates.
 *
 * <p>A process measures one case, so that what another one has taught the compiler does not count.
 */
final class Peer {
    private final SpecificData data;
    private final String name;
    private final Measure measure;

    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
    private Object reused;

    private Peer(String way, ClassLoader loader, Measure measure) {
        data = new SpecificData(loader);
        data.setCustomCoders(way.startsWith("custom coders"));
        data.setFastReaderEnabled(way.startsWith("fastread"));
        name = way.startsWith("plain") ? "Java" : "Java, " + way;
        this.measure = measure;
    }

    /** Arguments: the cases, which of them (its kind and its place there), the way, the rounds. */
    public static void main(String[] arguments) throws Exception {
        JsonNode cases = new ObjectMapper().readTree(new File(arguments[0]));
        JsonNode node = cases.path(arguments[1]).path(Integer.parseInt(arguments[2]));
        var measure = new Measure(Integer.parseInt(arguments[4]));
        var peer = new Peer(arguments[3], Peer.class.getClassLoader(), measure);
        switch (arguments[1]) {
            case "records":
                peer.record(node);
                break;
            case "versions":
                peer.version(node);
                break;
            case "files":
                peer.file(node);
                break;
            default:
                throw new IllegalArgumentException(arguments[1]);
        }
    }

    private void record(JsonNode node) throws Exception {
        String record = node.path("record").asText();
        Schema schema = schema(node);
        byte[] datum = bytes(node, "datum");
        var reader = new SpecificDatumReader<Object>(schema, schema, data);
        var writer = new SpecificDatumWriter<Object>(schema, data);
        Object value = read(reader, null, datum);
        var out = new ByteArrayOutputStream();
        same(reader, datum, write(writer, value, out).toByteArray());
        same(reader, datum, write(writer, read(reader, value, datum), out).toByteArray());
        if (!data.isFastReaderEnabled()) {
            measure.row(record, "encode, buffer reused", name, () -> write(writer, value, out));
        }
        measure.row(record, "decode, owned", name, () -> read(reader, null, datum));
        reused = value;
        measure.row(record, "decode, reused", name, () -> reused = read(reader, reused, datum));
    }

    private void version(JsonNode node) throws Exception {
        String record = node.path("record").asText();
        Schema wrote = new Schema.Parser().parse(node.path("writer").asText());
        Schema reads = schema(node);
        byte[] datum = bytes(node, "datum");
        var reader = new SpecificDatumReader<Object>(wrote, reads, data);
        Object value = read(reader, null, datum);
        var writer = new SpecificDatumWriter<Object>(reads, data);
        byte[] written = write(writer, value, new ByteArrayOutputStream()).toByteArray();
        same(new SpecificDatumReader<Object>(reads, reads, data), bytes(node, "direct"), written);
        measure.row(record, "evolved, owned", name, () -> read(reader, null, datum));
        reused = value;
        measure.row(record, "evolved, reused", name, () -> reused = read(reader, reused, datum));
    }

    private void file(JsonNode node) throws Exception {
        String record = node.path("record").asText();
        int objects = node.path("objects").asInt();
        Schema schema = schema(node);
        byte[] file = bytes(node, "file");
        byte[] datum = bytes(node, "datum");
        var reader = new SpecificDatumReader<Object>(schema, schema, data);
        Object value = read(reader, null, datum);
        check(schema, file, objects, datum);
        check(schema, writeFile(schema, value, objects), objects, datum);
        measure.row(record, "null file, write", name, () -> writeFile(schema, value, objects));
        measure.row(record, "null file, read", name, () -> readFile(schema, file, false));
        measure.row(record, "null file, read", name + ", reused", () -> readFile(schema, file, true));
    }

    private Object read(SpecificDatumReader<Object> reader, Object old, byte[] datum)
            throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(datum, decoder);
        return reader.read(old, decoder);
    }

    private ByteArrayOutputStream write(
            SpecificDatumWriter<Object> writer, Object value, ByteArrayOutputStream out)
            throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(value, encoder);
        encoder.flush();
        return out;
    }

    private byte[] writeFile(Schema schema, Object value, int objects) throws IOException {
        var out = new ByteArrayOutputStream();
        var datums = new SpecificDatumWriter<Object>(schema, data);
        try (var writer = new DataFileWriter<Object>(datums)) {
            writer.create(schema, out, new byte[16]);
            for (int i = 0; i < objects; i++) {
                writer.append(value);
            }
        }
        return out.toByteArray();
    }

    private Object readFile(Schema schema, byte[] file, boolean reuse) throws IOException {
        var datums = new SpecificDatumReader<Object>(schema, schema, data);
        Object value = null;
        try (var reader = new DataFileStream<Object>(new ByteArrayInputStream(file), datums)) {
            while (reader.hasNext()) {
                value = reader.next(reuse ? value : null);
                Measure.sink = value;
            }
        }
        return value;
    }

    private void check(Schema schema, byte[] file, int expected, byte[] datum) throws IOException {
        var datums = new SpecificDatumReader<Object>(schema, schema, data);
        var objects = new SpecificDatumReader<Object>(schema, schema, data);
        var writer = new SpecificDatumWriter<Object>(schema, data);
        var out = new ByteArrayOutputStream();
        int count = 0;
        try (var reader = new DataFileStream<Object>(new ByteArrayInputStream(file), objects)) {
            for (Object value : reader) {
                same(datums, datum, write(writer, value, out).toByteArray());
                count++;
            }
        }
        if (count != expected) {
            throw new IllegalStateException(count + " objects instead of " + expected);
        }
    }

    /** The same bytes, but for the order of a map, which no hash map keeps. */
    private void same(SpecificDatumReader<Object> reader, byte[] expected, byte[] found)
            throws IOException {
        if (Arrays.equals(expected, found)) {
            return;
        }
        Object value = read(reader, null, expected);
        if (expected.length != found.length || !value.equals(read(reader, null, found))) {
            throw new IllegalStateException("other bytes: " + HexFormat.of().formatHex(found));
        }
    }

    private static byte[] bytes(JsonNode node, String key) {
        return HexFormat.of().parseHex(node.path(key).asText());
    }

    /** The schema that the generated class has, and not what it was generated from. */
    private Schema schema(JsonNode node) throws ClassNotFoundException {
        return data.getSchema(Class.forName(node.path("type").asText()));
    }
}
