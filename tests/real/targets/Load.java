import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;

/** Reads each configuration of the Java library with Properties and prints one JSON object per file. */
class Load {
  public static void main(String[] paths) throws IOException {
    for (String path : paths) {
      Properties properties = new Properties();
      try (InputStream stream = Files.newInputStream(Path.of(path))) {
        properties.load(stream);
      } catch (IllegalArgumentException malformed) {
        properties.clear();
        properties.setProperty("error", "malformed");
      }
      StringBuilder json = new StringBuilder("{");
      new TreeMap<>(properties)
          .forEach((key, value) -> json.append(quoted(key)).append(':').append(quoted(value)).append(','));
      if (json.length() > 1) {
        json.setLength(json.length() - 1);
      }
      System.out.println(json.append('}'));
    }
  }

  private static String quoted(Object text) {
    StringBuilder json = new StringBuilder("\"");
    for (char unit : text.toString().toCharArray()) {
      if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
        json.append(String.format("\\u%04x", (int) unit));
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }
}
