// Glue for native.ts: bytes in, numbers and bytes out. What is read is copied out of the engine before any value is
// made, so nothing is owned when XS throws.

#include "../../tls/xs/tls-xs.h"

#include "../engine/tls-certificate.h"
#include "../engine/tls-flash-image.h"
#include "../engine/tls-input.h"
#include "../engine/tls-make-certificate.h"
#include "../engine/tls-make-key.h"
#include "../engine/tls-make-request.h"
#include "../engine/tls-pem.h"
#include "../engine/tls-sign.h"

static bool is_absent(xsMachine *the, xsSlot *slot)
{
	return xsmcTypeOf(*slot) == xsUndefinedType;
}

static xstls_bytes get_bytes(xsMachine *the, xsSlot *slot)
{
	xstls_xs_bytes bytes;

	if (is_absent(the, slot))
		return (xstls_bytes){NULL, 0};
	bytes = xstls_xs_get_bytes(the, slot);
	return (xstls_bytes){bytes.data, bytes.length};
}

static xstls_output get_room(xsMachine *the, xsSlot *slot)
{
	void *data;
	xsUnsignedValue size;

	xsmcGetBufferWritable(*slot, &data, &size);
	return (xstls_output){data, size, 0};
}

// A length from 1, or the negative number of an xstls_error.
static void set_outcome(xsMachine *the, xstls_error error, size_t length)
{
	xsmcSetInteger(xsResult, error == TLS_E_NONE ? (xsIntegerValue)length : -(xsIntegerValue)error);
}

static void set_hex(xsMachine *the, xsSlot *result, const uint8_t bytes[TLS_FINGERPRINT])
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * TLS_FINGERPRINT + 1];

	for (int i = 0; i < TLS_FINGERPRINT; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * TLS_FINGERPRINT] = 0;
	xsmcSetString(*result, text);
}

// identify(bytes, wanted): the kind's number, and 256 more for PEM.
void xs_xstls_input_identify(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue wanted = xsmcToInteger(xsArg(1));
	xstls_bytes bytes = get_bytes(the, &xsArg(0));
	xstls_input input = xstls_input_identify(bytes.data, bytes.length, (xstls_input_kind)wanted);

	xsmcSetInteger(xsResult, (xsIntegerValue)input.kind + (input.is_pem ? 256 : 0));
}

// certificate(bytes): [subject, notBefore, notAfter, isAuthority, isSelfIssued, fingerprint, publicKey], or a
// xstls_error's number.
void xs_xstls_certificate_read(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_certificate certificate;
	xstls_bytes bytes = get_bytes(the, &xsArg(0));
	xstls_error error = xstls_certificate_read(bytes.data, bytes.length, &certificate);

	if (error != TLS_E_NONE) {
		xsmcSetInteger(xsResult, (xsIntegerValue)error);
		return;
	}
	xsmcVars(1);
	xsmcSetNewArray(xsResult, 7);
	xsmcSetString(xsVar(0), certificate.subject);
	xsmcSetIndex(xsResult, 0, xsVar(0));
	xsmcSetNumber(xsVar(0), (xsNumberValue)certificate.not_before);
	xsmcSetIndex(xsResult, 1, xsVar(0));
	xsmcSetNumber(xsVar(0), (xsNumberValue)certificate.not_after);
	xsmcSetIndex(xsResult, 2, xsVar(0));
	xsmcSetBoolean(xsVar(0), certificate.is_authority);
	xsmcSetIndex(xsResult, 3, xsVar(0));
	xsmcSetBoolean(xsVar(0), certificate.is_self_issued);
	xsmcSetIndex(xsResult, 4, xsVar(0));
	set_hex(the, &xsVar(0), certificate.fingerprint);
	xsmcSetIndex(xsResult, 5, xsVar(0));
	set_hex(the, &xsVar(0), certificate.public_key);
	xsmcSetIndex(xsResult, 6, xsVar(0));
}

// copyCertificates(room, chain): the bytes written.
void xs_xstls_certificates_copy(xsMachine *the)
{
	xstls_xs_require(2);
	xstls_bytes chain = get_bytes(the, &xsArg(1));
	xstls_output room = get_room(the, &xsArg(0));
	xstls_error error = xstls_certificate_to_der(chain.data, chain.length, room.data, room.size, &room.length);

	set_outcome(the, error, room.length);
}

// checkChain(chain): an xstls_error's number.
void xs_xstls_certificates_check(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_bytes chain = get_bytes(the, &xsArg(0));

	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_certificate_check_chain(chain.data, chain.length));
}

// mostSent(count): bytes.
void xs_xstls_certificates_most_sent(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue count = xsmcToInteger(xsArg(0));

	if (count < 0)
		xsRangeError("No such count");
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_certificate_most_sent((size_t)count));
}

// publicKey(key): its fingerprint in hex, or an xstls_error's number.
void xs_xstls_key_public_key(xsMachine *the)
{
	xstls_xs_require(1);
	uint8_t fingerprint[TLS_FINGERPRINT];
	xstls_bytes key = get_bytes(the, &xsArg(0));
	xstls_error error = xstls_key_public_key(key.data, key.length, fingerprint);

	if (error == TLS_E_NONE)
		set_hex(the, &xsResult, fingerprint);
	else
		xsmcSetInteger(xsResult, (xsIntegerValue)error);
}

void xs_xstls_make_key(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_output output = get_room(the, &xsArg(0));
	xstls_error error = xstls_make_key(&output);

	set_outcome(the, error, output.length);
}

// makeCertificate(room, subject, subjectKey, issuer, issuerKey, notBefore, notAfter, isAuthority, names, constraints,
// challenge)
void xs_xstls_make_certificate(xsMachine *the)
{
	xstls_xs_require(11);
	xstls_certificate_terms terms = {
	    .subject = xsmcToString(xsArg(1)),
	    .subject_key = get_bytes(the, &xsArg(2)),
	    .issuer = xsmcToString(xsArg(3)),
	    .issuer_key = get_bytes(the, &xsArg(4)),
	    .not_before = xsmcToString(xsArg(5)),
	    .not_after = xsmcToString(xsArg(6)),
	    .is_authority = xsmcToBoolean(xsArg(7)),
	    .names = get_bytes(the, &xsArg(8)),
	    .constraints = get_bytes(the, &xsArg(9)),
	    .challenge = get_bytes(the, &xsArg(10)),
	};
	xstls_output output = get_room(the, &xsArg(0));
	xstls_error error = xstls_make_certificate(&terms, &output);

	set_outcome(the, error, output.length);
}

// makeRequest(room, subject, key, names)
void xs_xstls_make_request(xsMachine *the)
{
	xstls_xs_require(4);
	const char *subject = xsmcToString(xsArg(1));
	xstls_bytes key = get_bytes(the, &xsArg(2));
	xstls_bytes names = get_bytes(the, &xsArg(3));
	xstls_output output = get_room(the, &xsArg(0));
	xstls_error error = xstls_make_request(subject, key, names, &output);

	set_outcome(the, error, output.length);
}

// sign(room, key, message)
void xs_xstls_sign(xsMachine *the)
{
	xstls_xs_require(3);
	xstls_bytes key = get_bytes(the, &xsArg(1));
	xstls_bytes message = get_bytes(the, &xsArg(2));
	xstls_output output = get_room(the, &xsArg(0));
	xstls_error error = xstls_sign(key, message, &output);

	set_outcome(the, error, output.length);
}

// writePEM(room, der, label): 0 when the room is too small.
void xs_xstls_pem_write(xsMachine *the)
{
	xstls_xs_require(3);
	xsIntegerValue label = xsmcToInteger(xsArg(2));
	xstls_bytes der = get_bytes(the, &xsArg(1));
	xstls_output output = get_room(the, &xsArg(0));

	if (label != TLS_PEM_CERTIFICATE && label != TLS_PEM_REQUEST)
		xsRangeError("No such PEM label");
	output.length = xstls_pem_write((xstls_pem_label)label, der.data, der.length, output.data, output.size);
	xsmcSetInteger(xsResult, (xsIntegerValue)output.length);
}

void xs_xstls_crc32(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_bytes bytes = get_bytes(the, &xsArg(0));

	xsmcSetNumber(xsResult, (xsNumberValue)xstls_crc32(0, bytes.data, bytes.length));
}

void xs_xstls_image_current(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_bytes bytes = get_bytes(the, &xsArg(0));

	xsmcSetInteger(xsResult, xstls_image_current(bytes.data, bytes.length));
}

// The bytes that a slot uses; 0 when it is not valid.
void xs_xstls_image_check_slot(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_bytes bytes = get_bytes(the, &xsArg(0));

	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_image_check_slot(bytes.data, bytes.length));
}
