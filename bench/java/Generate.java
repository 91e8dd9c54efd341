import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData.StringType;

/** The schemas of the cases as Java's own compiler makes classes of them. */
final class Generate {
    private Generate() {}

    /** Arguments: the cases, the folder for the classes, and their strings: String or Utf8. */
    public static void main(String[] arguments) throws IOException {
        JsonNode cases = new ObjectMapper().readTree(new File(arguments[0]));
        for (JsonNode kind : cases) {
            for (JsonNode each : kind) {
                Schema schema = new Schema.Parser().parse(each.path("schema").asText());
                var compiler = new SpecificCompiler(schema);
                compiler.setStringType(StringType.valueOf(arguments[2]));
                compiler.compileToDestination(null, new File(arguments[1]));
            }
        }
    }
}
