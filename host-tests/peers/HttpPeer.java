// Java's HttpClient, for the interop tests (host-tests/interop/http-clients/steps.ts has the command line).

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class HttpPeer {
	private static HttpClient client;

	private static HttpClient clientFor(String ca) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream file = new FileInputStream(ca)) {
			store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return HttpClient.newBuilder().sslContext(context).followRedirects(HttpClient.Redirect.NORMAL).build();
	}

	private static HttpResponse<String> ask(String method, String url, BodyPublisher body, String... fields) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, body);
		if (fields.length > 0) request.headers(fields);
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private static String text(String url) throws Exception {
		HttpResponse<String> response = ask("GET", url, BodyPublishers.noBody());
		return response.statusCode() + " " + response.body();
	}

	/** What HttpURLConnection makes of an answer: it goes from http to https by itself never, and keeps connections by itself. */
	private static String read(HttpURLConnection connection) throws IOException {
		int status = connection.getResponseCode();
		InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
		return status + " " + new String(body.readAllBytes());
	}

	private static HttpURLConnection open(String url) throws IOException {
		return (HttpURLConnection) URI.create(url).toURL().openConnection();
	}

	private static String upload(String url, int bytes) throws IOException {
		HttpURLConnection connection = open(url);
		connection.setDoOutput(true);
		connection.setFixedLengthStreamingMode(bytes);
		try (OutputStream body = connection.getOutputStream()) {
			for (int left = bytes; left > 0; left -= 100_000) body.write(new byte[100_000]);
		} catch (IOException broken) {
			// It is told of the refusal while it sends.
		}
		return read(connection);
	}

	private static void older(String base, String plain) throws Exception {
		HttpsURLConnection.setDefaultSSLSocketFactory(client.sslContext().getSocketFactory());
		List<String> kept = new ArrayList<>();
		for (int time = 0; time < 5; time++) kept.add(read(open(base + "/peer")));
		System.out.println("older-kept " + String.join(" ", kept));
		HttpURLConnection redirect = open(plain + "/peer");
		System.out.println("older-redirect " + read(redirect).replaceAll("<[^>]*>", " ").trim());
		System.out.println("older-followed " + read(open(redirect.getHeaderField("Location"))));
		System.out.println("older-pieces " + read(open(base + "/pieces")));
		System.out.println("older-upload " + upload(base + "/upload", 1_000_000));
		System.out.println("older-refused " + upload(base + "/refused", 12_000_000));
	}

	/** The first message that comes back, whole. */
	private static class Echo implements WebSocket.Listener {
		final CompletableFuture<String> answer = new CompletableFuture<>();
		private final StringBuilder pieces = new StringBuilder();
		private int bytes;

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
			pieces.append(piece);
			if (last) answer.complete(pieces.toString());
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer piece, boolean last) {
			bytes += piece.remaining();
			if (last) answer.complete(String.valueOf(bytes));
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			answer.complete("closed " + code);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			answer.completeExceptionally(error);
		}
	}

	private static WebSocket open(String base, Echo echo) {
		return client.newWebSocketBuilder().buildAsync(URI.create(base.replace("https", "wss") + "/ws"), echo).join();
	}

	private static void webSockets(String base) {
		Echo text = new Echo();
		open(base, text).sendText("naïve 😀", true);
		System.out.println("text " + text.answer.join());
		Echo binary = new Echo();
		WebSocket socket = open(base, binary);
		socket.sendBinary(ByteBuffer.allocate(30_000), false).join();
		socket.sendBinary(ByteBuffer.allocate(30_000), true);
		System.out.println("binary " + binary.answer.join());
	}

	public static void main(String[] parameters) throws Exception {
		String base = parameters[0];
		BodyPublisher nothing = BodyPublishers.noBody();
		client = clientFor(parameters[2]);
		System.out.println("page " + text(base + "/"));
		List<String> kept = new ArrayList<>();
		for (int time = 0; time < 5; time++) kept.add(text(base + "/peer"));
		System.out.println("kept " + String.join(" ", kept));
		System.out.println("redirect " + text(parameters[1] + "/peer"));
		System.out.println("pieces " + text(base + "/pieces"));
		System.out.println("download " + ask("GET", base + "/bytes/1000000", nothing).body().length());
		BodyPublisher whole = BodyPublishers.ofByteArray(new byte[1_000_000]);
		System.out.println("upload " + ask("POST", base + "/upload", whole).body());
		BodyPublisher stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[300_000]));
		System.out.println("stream " + ask("POST", base + "/upload", stream).body());
		String file = base + "/files/text.txt";
		HttpResponse<String> part = ask("GET", file, nothing, "Range", "bytes=10-19");
		System.out.println("range " + part.statusCode() + " " + part.body());
		String tag = part.headers().firstValue("ETag").orElse("");
		System.out.println("unchanged " + ask("GET", file, nothing, "If-None-Match", tag).statusCode());
		HttpResponse<String> head = ask("HEAD", file, nothing);
		System.out.println("head " + head.statusCode() + " " + head.headers().firstValue("Content-Length").orElse(""));
		HttpResponse<String> refused = ask("POST", base + "/refused", BodyPublishers.ofByteArray(new byte[12_000_000]));
		System.out.println("refused " + refused.statusCode() + " " + refused.body());
		older(base, parameters[1]);
		webSockets(base);
		try {
			clientFor("stranger.pem").send(HttpRequest.newBuilder(URI.create(base)).build(), BodyHandlers.ofString());
		} catch (IOException error) {
			System.out.println("stranger " + error.getMessage());
		}
		System.exit(0);
	}
}
