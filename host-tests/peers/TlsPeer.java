// Java's JSSE as a client and as a server, for the interop tests (host-tests/interop/stacks/stack.ts has the command line).

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

public class TlsPeer {
	private static byte[] lastSession = {};

	private static X509Certificate certificate(String file) throws Exception {
		byte[] pem = Files.readAllBytes(Path.of(file));
		return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
	}

	private static PrivateKey key(String file, String algorithm) throws Exception {
		String body = Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
		return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
	}

	private static KeyStore store() throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		return store;
	}

	/** @param ca null: nobody is verified; @param files a certificate and its key, or none */
	private static SSLContext context(String ca, String... files) throws Exception {
		KeyStore keys = store();
		KeyStore roots = store();
		if (files.length >= 2) {
			X509Certificate own = certificate(files[0]);
			PrivateKey key = key(files[1], own.getPublicKey().getAlgorithm());
			keys.setKeyEntry("own", key, new char[0], new Certificate[] {own});
		}
		if (ca != null) roots.setCertificateEntry("ca", certificate(ca));
		KeyManagerFactory owns = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		owns.init(keys, new char[0]);
		TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusts.init(roots);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(owns.getKeyManagers(), ca == null ? null : trusts.getTrustManagers(), null);
		return context;
	}

	/** JSSE does not tell of a resumption: over TLS 1.2 a client's session has the same id. */
	private static String describe(SSLSession session) {
		String how = session.getId().length > 0 && Arrays.equals(session.getId(), lastSession) ? "resumed" : "unknown";
		lastSession = session.getId();
		String name = "-";
		try {
			name = ((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal().getName().replace("CN=", "");
		} catch (SSLPeerUnverifiedException error) {
			// It has shown none.
		}
		return "connected " + session.getProtocol().replace("TLSv", "") + " " + how + " " + name;
	}

	private static void visit(SSLContext context, int port, String version) throws IOException {
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			parameters.setProtocols(new String[] {"TLSv" + version});
			socket.setSSLParameters(parameters);
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes());
			String answer = new String(socket.getInputStream().readAllBytes());
			System.out.println(describe(socket.getSession()) + "\n" + answer);
		}
	}

	private static void serve(SSLSocket socket) {
		try (socket) {
			new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
			System.out.println(describe(socket.getSession()));
			socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nhello".getBytes());
		} catch (IOException error) {
			System.out.println("failed: " + error);
		}
	}

	private static void listen(String version, String[] files) throws Exception {
		SSLContext context = context(files.length > 2 ? files[2] : null, files);
		InetAddress here = InetAddress.getByName("127.0.0.1");
		try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, here)) {
			server.setEnabledProtocols(new String[] {"TLSv" + version});
			server.setNeedClientAuth(files.length > 2);
			System.out.println("listening on " + server.getLocalPort());
			while (true) serve((SSLSocket) server.accept());
		}
	}

	public static void main(String[] parameters) throws Exception {
		if (parameters[0].equals("server")) {
			listen(parameters[1], Arrays.copyOfRange(parameters, 2, parameters.length));
			return;
		}
		SSLContext context = context(parameters[3], Arrays.copyOfRange(parameters, 4, parameters.length));
		try {
			for (int time = 0; time < 2; time++) visit(context, Integer.parseInt(parameters[1]), parameters[2]);
		} catch (IOException error) {
			System.out.println("failed: " + error);
			System.exit(1);
		}
	}
}
