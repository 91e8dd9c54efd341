import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** Answers each line of standard input, a question in JSON, with a line of JSON. */
final class Oracle {
    static final ObjectMapper JSON = new ObjectMapper();

    private Oracle() {}

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(JSON.writeValueAsString(answer(JSON.readTree(line))));
            out.newLine();
            // While more questions are waiting, answers may wait as well.
            if (!in.ready()) {
                out.flush();
            }
        }
        out.flush();
    }

    private static JsonNode answer(JsonNode question) {
        String what = question.path("ask").asText();
        switch (what) {
            case "compatibility":
                return Compatibility.answer(question);
            case "codec":
                return Codec.answer(question);
            default:
                throw new IllegalArgumentException("nobody answers `" + what + "`");
        }
    }

    static String hex(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (byte one : bytes) {
            digits.append(Character.forDigit((one >> 4) & 15, 16));
            digits.append(Character.forDigit(one & 15, 16));
        }
        return digits.toString();
    }
}
