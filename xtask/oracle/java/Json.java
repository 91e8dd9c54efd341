import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Avro's JSON encoding to generic data.
 *
 * <p>By hand, because Avro's own JsonDecoder ends with an exception on some schemas whose records
 * hold each other.
 */
final class Json {
    private Json() {}

    static Object value(Schema schema, JsonNode json) {
        switch (schema.getType()) {
            case NULL:
                return null;
            case BOOLEAN:
                return json.booleanValue();
            case INT:
                return json.intValue();
            case LONG:
                return json.longValue();
            case FLOAT:
                return json.floatValue();
            case DOUBLE:
                return json.doubleValue();
            case BYTES:
                return ByteBuffer.wrap(bytes(json));
            case STRING:
                return json.textValue();
            case ARRAY:
                var items = new ArrayList<Object>();
                json.forEach(item -> items.add(value(schema.getElementType(), item)));
                return items;
            case MAP:
                var map = new LinkedHashMap<String, Object>();
                json.fieldNames().forEachRemaining(
                        key -> map.put(key, value(schema.getValueType(), json.get(key))));
                return map;
            case UNION:
                return branch(schema, json);
            case RECORD:
                var record = new GenericData.Record(schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), value(field.schema(), json.get(field.name())));
                }
                return record;
            case ENUM:
                return new GenericData.EnumSymbol(schema, json.textValue());
            case FIXED:
                return new GenericData.Fixed(schema, bytes(json));
            default:
                throw new IllegalArgumentException("no data of " + schema);
        }
    }

    /** Null, or an object whose key is the branch's name. */
    private static Object branch(Schema union, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        String name = json.fieldNames().next();
        return value(union.getTypes().get(union.getIndexNamed(name)), json.get(name));
    }

    private static byte[] bytes(JsonNode json) {
        return json.textValue().getBytes(StandardCharsets.ISO_8859_1);
    }
}
