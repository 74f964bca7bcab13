// wolfSSL as a client and as a server, for the interop tests (host-tests/interop/stacks/stack.ts has the command line).

#include "peer-tcp.h"
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
static const char answer[] = "HTTP/1.0 200 OK\r\n\r\nhello";

static void need(bool good, const char *what)
{
	if (good)
		return;
	printf("failed: %s\n", what);
	exit(2);
}

static WOLFSSL_CTX *context_for(bool is_server, const char *version)
{
	bool new = strcmp(version, "1.3") == 0;
	WOLFSSL_METHOD *method = is_server ? (new ? wolfTLSv1_3_server_method() : wolfTLSv1_2_server_method())
	                                   : (new ? wolfTLSv1_3_client_method() : wolfTLSv1_2_client_method());
	WOLFSSL_CTX *context = wolfSSL_CTX_new(method);
	need(context != NULL, "no context");
	return context;
}

static void use_identity(WOLFSSL_CTX *context, char **files)
{
	need(wolfSSL_CTX_use_certificate_chain_file(context, files[0]) == WOLFSSL_SUCCESS, files[0]);
	need(wolfSSL_CTX_use_PrivateKey_file(context, files[1], WOLFSSL_FILETYPE_PEM) == WOLFSSL_SUCCESS, files[1]);
}

static void trust(WOLFSSL_CTX *context, const char *file, int how)
{
	need(wolfSSL_CTX_load_verify_locations(context, file, NULL) == WOLFSSL_SUCCESS, file);
	wolfSSL_CTX_set_verify(context, how, NULL);
}

static void describe(WOLFSSL *tls)
{
	WOLFSSL_X509 *peer = wolfSSL_get_peer_certificate(tls);
	const char *name = peer ? wolfSSL_X509_get_subjectCN(peer) : NULL;
	const char *how = wolfSSL_session_reused(tls) ? "resumed" : "full";
	printf("connected %s %s %s\n", wolfSSL_get_version(tls) + strlen("TLSv"), how, name ? name : "-");
	wolfSSL_X509_free(peer);
}

/** @returns false, once the reason has been printed */
static bool succeeded(WOLFSSL *tls, int result)
{
	if (result > 0)
		return true;
	char text[WOLFSSL_MAX_ERROR_SZ];
	WOLFSSL_ALERT_HISTORY alerts;
	int error = wolfSSL_get_error(tls, result);
	wolfSSL_get_alert_history(tls, &alerts);
	printf("failed: %s, alert received %d, sent %d\n", wolfSSL_ERR_error_string((unsigned long)error, text),
	       alerts.last_rx.code, alerts.last_tx.code);
	return false;
}

/** @returns the session, for the next visit */
static WOLFSSL_SESSION *visit(WOLFSSL_CTX *context, const char *port, WOLFSSL_SESSION *session)
{
	WOLFSSL *tls = wolfSSL_new(context);
	int socket = peer_connect(port);
	need(wolfSSL_check_domain_name(tls, "localhost") == WOLFSSL_SUCCESS, "no name to check");
	need(wolfSSL_UseSNI(tls, WOLFSSL_SNI_HOST_NAME, "localhost", strlen("localhost")) == WOLFSSL_SUCCESS, "no SNI");
	need(wolfSSL_UseSessionTicket(tls) == WOLFSSL_SUCCESS, "no tickets");
	if (session)
		wolfSSL_set_session(tls, session);
	wolfSSL_set_fd(tls, socket);
	char text[4096];
	int count = 0;
	if (!succeeded(tls, wolfSSL_connect(tls)) || !succeeded(tls, wolfSSL_write(tls, request, (int)strlen(request))) ||
	    !succeeded(tls, count = wolfSSL_read(tls, text, sizeof text)))
		exit(1);
	describe(tls);
	printf("%.*s\n", count, text);
	while (wolfSSL_read(tls, text, sizeof text) > 0)
		;
	WOLFSSL_SESSION *next = wolfSSL_get1_session(tls);
	wolfSSL_free(tls);
	close(socket);
	return next;
}

static void serve(WOLFSSL_CTX *context, int socket)
{
	WOLFSSL *tls = wolfSSL_new(context);
	char text[4096];
	wolfSSL_set_fd(tls, socket);
	if (succeeded(tls, wolfSSL_accept(tls)) && succeeded(tls, wolfSSL_read(tls, text, sizeof text))) {
		describe(tls);
		wolfSSL_write(tls, answer, (int)strlen(answer));
		wolfSSL_shutdown(tls);
	}
	wolfSSL_free(tls);
	close(socket);
}

int main(int count, char **parameters)
{
	need(count > 3, "too few parameters");
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	wolfSSL_Init();
	bool is_server = strcmp(parameters[1], "server") == 0;
	WOLFSSL_CTX *context = context_for(is_server, parameters[is_server ? 2 : 3]);
	if (!is_server) {
		trust(context, parameters[4], WOLFSSL_VERIFY_PEER);
		if (count > 6)
			use_identity(context, parameters + 5);
		WOLFSSL_SESSION *session = visit(context, parameters[2], NULL);
		wolfSSL_SESSION_free(visit(context, parameters[2], session));
		wolfSSL_SESSION_free(session);
		return 0;
	}
	use_identity(context, parameters + 3);
	if (count > 5)
		trust(context, parameters[5], WOLFSSL_VERIFY_PEER | WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT);
	for (int listener = peer_listen();;)
		serve(context, peer_accept(listener));
}
