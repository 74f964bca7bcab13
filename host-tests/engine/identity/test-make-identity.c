// Row Z5: keys, certificates and requests made by the engine, read back by it, served with it. OpenSSL's judgement of
// the same output is in host-tests/interop.

#include "fixture.h"

#include "pair.h"
#include "random.h"
#include "tls-certificate.h"
#include "tls-make-certificate.h"
#include "tls-make-key.h"
#include "tls-make-request.h"

enum { SIZE = 1200 };

typedef struct {
	uint8_t data[SIZE];
	xstls_output output;
} made;

// dNSName "device.local", iPAddress 127.0.0.1
static const uint8_t names[] = "\x82\x0c"
                               "device.local\x87\x04\x7f\x00\x00\x01";

static xstls_output *room(made *into)
{
	into->output = (xstls_output){into->data, SIZE, 0};
	return &into->output;
}

static xstls_bytes bytes_of(const made *from)
{
	return (xstls_bytes){from->data, from->output.length};
}

static xstls_certificate_terms terms_of(const made *subject, const made *issuer, bool is_authority)
{
	return (xstls_certificate_terms){
	    .subject = is_authority ? "CN=authority" : "CN=device.local",
	    .issuer = "CN=authority",
	    .subject_key = bytes_of(subject),
	    .issuer_key = bytes_of(issuer),
	    .names = is_authority ? (xstls_bytes){NULL, 0} : (xstls_bytes){names, sizeof(names) - 1},
	    .not_before = "20250101000000",
	    .not_after = "20491231235959",
	    .is_authority = is_authority,
	};
}

typedef struct {
	made authority_key, authority, key, certificate, request;
} identity;

// All that a first boot makes. The first error ends it.
static xstls_error make_all(identity *all)
{
	xstls_certificate certificate;
	xstls_certificate_terms terms;
	xstls_error error = xstls_make_key(room(&all->authority_key));

	if (error == TLS_E_NONE)
		error = xstls_make_key(room(&all->key));
	if (error == TLS_E_NONE) {
		terms = terms_of(&all->authority_key, &all->authority_key, true);
		error = xstls_make_certificate(&terms, room(&all->authority));
	}
	if (error == TLS_E_NONE) {
		terms = terms_of(&all->key, &all->authority_key, false);
		error = xstls_make_certificate(&terms, room(&all->certificate));
	}
	if (error == TLS_E_NONE)
		error = xstls_make_request("CN=device.local", bytes_of(&all->key), (xstls_bytes){names, sizeof(names) - 1},
		                           room(&all->request));
	if (error == TLS_E_NONE)
		error = xstls_certificate_read(all->certificate.data, all->certificate.output.length, &certificate);
	return error;
}

static void it_is_served_and_verified(void **state)
{
	identity all;
	xstls_config *server = xstls_config_new(), *client = xstls_config_new();
	pair both;

	(void)state;
	assert_int_equal(make_all(&all), TLS_E_NONE);
	assert_int_equal(xstls_config_add_identity(server, all.certificate.data, all.certificate.output.length,
	                                           all.key.data, all.key.output.length),
	                 TLS_E_NONE);
	assert_int_equal(xstls_config_add_ca(client, all.authority.data, all.authority.output.length), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(server, client);
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
}

static xstls_error read(const made *from, xstls_certificate *certificate)
{
	return xstls_certificate_read(from->data, from->output.length, certificate);
}

static void it_says_what_it_is(void **state)
{
	identity all;
	xstls_certificate certificate;
	uint8_t of_key[TLS_FINGERPRINT];

	(void)state;
	assert_int_equal(make_all(&all), TLS_E_NONE);
	assert_int_equal(read(&all.certificate, &certificate), TLS_E_NONE);
	assert_string_equal(certificate.subject, "CN=device.local");
	assert_int_equal(certificate.not_before, 1735689600);
	assert_int_equal(certificate.not_after, 2524607999);
	assert_false(certificate.is_authority);
	assert_int_equal(xstls_key_public_key(all.key.data, all.key.output.length, of_key), TLS_E_NONE);
	assert_memory_equal(certificate.public_key, of_key, TLS_FINGERPRINT);
	assert_int_equal(read(&all.authority, &certificate), TLS_E_NONE);
	assert_true(certificate.is_authority);
}

static void each_is_another(void **state)
{
	made first, second;

	(void)state;
	assert_int_equal(xstls_make_key(room(&first)), TLS_E_NONE);
	assert_int_equal(xstls_make_key(room(&second)), TLS_E_NONE);
	assert_int_equal(first.output.length, second.output.length);
	assert_true(memcmp(first.data, second.data, first.output.length) != 0);
}

// From too small to just enough: an error or a whole output, never a byte too far.
static void buffers_of_every_size(void **state)
{
	identity all;
	xstls_certificate_terms terms;

	(void)state;
	assert_int_equal(make_all(&all), TLS_E_NONE);
	terms = terms_of(&all.key, &all.authority_key, false);
	for (size_t size = 0; size < 700; size += 23) {
		uint8_t buffer[701];
		xstls_output output = {buffer, size, 9};
		xstls_error error;

		buffer[size] = 0xa5;
		error = xstls_make_certificate(&terms, &output);
		assert_int_equal(error == TLS_E_NONE, output.length > 0);
		assert_true(output.length <= size);
		output.length = 9;
		error = xstls_make_key(&output);
		assert_int_equal(error == TLS_E_NONE, output.length > 0);
		assert_int_equal(buffer[size], 0xa5);
	}
}

static void what_is_refused(void **state)
{
	identity all;
	made out;
	xstls_certificate certificate;
	xstls_certificate_terms terms;

	(void)state;
	assert_int_equal(make_all(&all), TLS_E_NONE);
	terms = terms_of(&all.certificate, &all.authority_key, false);
	assert_int_equal(xstls_make_certificate(&terms, room(&out)), TLS_E_KEY_INVALID);
	assert_int_equal(xstls_make_request("CN=x", bytes_of(&all.certificate), (xstls_bytes){NULL, 0}, room(&out)),
	                 TLS_E_KEY_INVALID);
	assert_int_equal(read(&all.key, &certificate), TLS_E_CERTIFICATE_INVALID);
	assert_int_equal(xstls_certificate_read(NULL, 0, &certificate), TLS_E_CERTIFICATE_INVALID);
	assert_int_equal(xstls_key_public_key(all.certificate.data, all.certificate.output.length, out.data),
	                 TLS_E_KEY_INVALID);
}

static void every_allocation_fails(void **state)
{
	identity all;
	xstls_alloc_counters before;
	size_t calls;

	(void)state;
	random_seed(1);
	assert_int_equal(make_all(&all), TLS_E_NONE);
	before = xstls_alloc_count();
	random_seed(1);
	assert_int_equal(make_all(&all), TLS_E_NONE);
	assert_same_memory(before);
	calls = xstls_alloc_count().calls - before.calls;
	for (size_t n = 1; n <= calls; n += n < 200 ? 1 : 37) {
		random_seed(1);
		xstls_alloc_fail_at(n, true);
		assert_true(make_all(&all) != TLS_E_NONE);
		xstls_alloc_fail_at(0, 0);
		assert_same_memory(before);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z5 a made identity is served, and verified by its made CA", it_is_served_and_verified),
	    TEST("Z5 a made certificate says subject, validity, key", it_says_what_it_is),
	    TEST("Z5 no two keys are alike", each_is_another),
	    TEST("Z5 buffers that are too small", buffers_of_every_size),
	    TEST("Z5 a certificate for a key, a key for a certificate, nothing", what_is_refused),
	    TEST("E9 allocations fail while an identity is made", every_allocation_fails),
	};

	return cmocka_run_group_tests_name("make identity", tests, NULL, NULL);
}
