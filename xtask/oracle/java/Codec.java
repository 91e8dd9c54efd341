import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Data of a writer's schema: their bytes, and what a reader's schema makes of them. */
final class Codec {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Codec() {}

    static JsonNode answer(JsonNode question) {
        Schema writer = new Schema.Parser().parse(question.path("writer").asText());
        Schema reader = new Schema.Parser().parse(question.path("reader").asText());
        // Of its own, for it remembers every schema.
        GenericData generic = new GenericData();
        ObjectNode answer = NODES.objectNode();
        ArrayNode data = answer.putArray("data");
        for (JsonNode datum : question.path("data")) {
            ObjectNode node = data.addObject();
            byte[] bytes = null;
            try {
                bytes = binary(generic, writer, sorted(Json.value(writer, Oracle.JSON.readTree(datum.asText()))));
                node.putObject("written").put("Ok", Oracle.hex(bytes));
                Decoder binary = DecoderFactory.get().binaryDecoder(bytes, null);
                Object value = read(generic, writer, reader, binary);
                node.putObject("read").put("Ok", Oracle.hex(binary(generic, reader, value)));
            } catch (IOException | RuntimeException | StackOverflowError error) {
                node.putObject(bytes == null ? "written" : "read").put("Err", error.toString());
                if (bytes == null) {
                    node.putObject("read").put("Err", "not written");
                }
            }
        }
        return answer;
    }

    private static Object read(GenericData generic, Schema writer, Schema reader, Decoder decoder)
            throws IOException {
        return sorted(new GenericDatumReader<Object>(writer, reader, generic).read(null, decoder));
    }

    private static byte[] binary(GenericData generic, Schema schema, Object value)
            throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<Object>(schema, generic).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** The value with its maps in the order of their keys, so that it has one form. */
    private static Object sorted(Object value) {
        if (value instanceof Map) {
            var map = new TreeMap<Object, Object>(Comparator.comparing(Codec::utf8, Arrays::compareUnsigned));
            ((Map<?, ?>) value).forEach((key, inner) -> map.put(key, sorted(inner)));
            return map;
        }
        if (value instanceof List) {
            var items = new ArrayList<Object>();
            ((List<?>) value).forEach(item -> items.add(sorted(item)));
            return items;
        }
        if (value instanceof IndexedRecord) {
            var record = (IndexedRecord) value;
            for (int index = 0; index < record.getSchema().getFields().size(); index++) {
                record.put(index, sorted(record.get(index)));
            }
        }
        return value;
    }

    /** A key's bytes: by them, and not by UTF-16, keys are in order. */
    private static byte[] utf8(Object key) {
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }
}
