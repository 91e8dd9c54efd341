import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;

/**
 * Two schemas: whether each is one, its canonical form and fingerprints, and whether each reads
 * what the other wrote.
 */
final class Compatibility {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Compatibility() {}

    static JsonNode answer(JsonNode question) {
        ObjectNode answer = NODES.objectNode();
        Schema old = parsed(question.path("old").asText(), answer.putObject("old"));
        Schema later = parsed(question.path("new").asText(), answer.putObject("new"));
        if (old != null && later != null) {
            answer.set("backward", verdict(later, old));
            answer.set("forward", verdict(old, later));
        }
        return answer;
    }

    /** What Java makes of a text; nothing if it refuses it. */
    private static Schema parsed(String text, ObjectNode answer) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            String canonical = SchemaNormalization.toParsingForm(schema);
            answer.put("canonical", canonical);
            answer.put("rabin", Oracle.hex(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema)));
            answer.put("md5", Oracle.hex(SchemaNormalization.parsingFingerprint("MD5", schema)));
            answer.put("sha256", Oracle.hex(SchemaNormalization.parsingFingerprint("SHA-256", schema)));
            return schema;
        } catch (RuntimeException | NoSuchAlgorithmException error) {
            answer.removeAll();
            answer.put("error", String.valueOf(error.getMessage()));
            return null;
        }
    }

    private static JsonNode verdict(Schema reader, Schema writer) {
        ObjectNode verdict = NODES.objectNode();
        try {
            var result =
                    SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
            ArrayNode found = verdict.putArray("incompatibilities");
            for (var one : result.getIncompatibilities()) {
                ObjectNode node = found.addObject();
                node.put("type", one.getType().name());
                node.put("location", one.getLocation());
            }
        } catch (AvroRuntimeException error) {
            verdict.put("error", String.valueOf(error.getMessage()));
        }
        return verdict;
    }
}
