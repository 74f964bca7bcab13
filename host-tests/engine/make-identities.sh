#!/usr/bin/env bash
# Makes the certificates of the engine tests: make-identities.sh DIRECTORY. Fresh ones for every build folder, never
# committed. NAME.pem is a chain, leaf first; NAME.key its key; NAME.der and NAME.key.der the leaf and key as DER.
set -euo pipefail
mkdir -p "$1"
cd "$1"
log=make.log
: >"$log"
trap 'echo "openssl could not make the test certificates; see $1/$log" >&2' ERR

make_key() { # NAME ec256|ec384|rsaBITS
	case $2 in
	ec256) openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" ;;
	ec384) openssl ecparam -name secp384r1 -genkey -noout -out "$1.key" ;;
	rsa*) openssl genrsa -out "$1.key" "${2#rsa}" ;;
	esac
}

make_ca() { # NAME KEY-TYPE
	make_key "$1" "$2"
	openssl req -x509 -new -key "$1.key" ${hash:--sha256} -days 30 -set_serial 1 -subj "/CN=$1" -out "$1.pem" \
		-addext keyUsage=critical,keyCertSign,cRLSign
}

sign() { # NAME ISSUER EXTENSIONS DAYS [COMMON-NAME]
	openssl req -new -key "$1.key" -subj "/CN=${5:-$1}" -out "$1.csr"
	printf '%b' "$3" >"$1.ext"
	openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -set_serial 2 ${hash:--sha256} -days "$4" \
		-extfile "$1.ext" -out "$1.pem"
	rm "$1.csr" "$1.ext"
}

make_leaf() { # NAME KEY-TYPE ISSUER [DAYS]
	make_key "$1" "$2"
	sign "$1" "$3" 'subjectAltName=DNS:device.local\nkeyUsage=digitalSignature\n' "${4:-30}"
	openssl x509 -in "$1.pem" -outform DER -out "$1.der"
	openssl pkey -in "$1.key" -outform DER -out "$1.key.der"
}

# What people give in place of a certificate or key.
make_forms() {
	openssl req -new -key ec256.key -subj /CN=request -out request.pem
	openssl req -in request.pem -outform DER -out request.der
	openssl pkey -in ec256.key -pubout -out public.pem
	openssl pkey -in ec256.key -pubout -outform DER -out public.der
	openssl ec -in ec256.key -outform DER -out sec1.key.der
	openssl pkcs8 -topk8 -nocrypt -in rsa2048.key -outform DER -out pkcs8.key.der
	openssl pkcs8 -topk8 -in ec256.key -passout pass:secret -out encrypted.key
	openssl pkcs8 -topk8 -in ec256.key -passout pass:secret -outform DER -out encrypted.key.der
	openssl ec -in ec256.key -aes128 -passout pass:secret -out traditional.key
	openssl ecparam -name prime256v1 -genkey -out parameters.key
	openssl pkcs12 -export -in ec256.pem -inkey ec256.key -passout pass: -out bundle.p12
	openssl req -new -key ec256.key -subj /CN=old | openssl x509 -req -signkey ec256.key -days 30 -outform DER -out version1.der
	cat ec256.key ec256.pem >both.pem
}

{
	make_ca ca-ec ec256
	make_ca ca-rsa rsa2048
	make_leaf ec256 ec256 ca-ec
	make_leaf ec384 ec384 ca-ec
	make_leaf rsa2048 rsa2048 ca-rsa
	make_leaf rsa3072 rsa3072 ca-rsa
	make_leaf rsa4096 rsa4096 ca-rsa
	make_leaf ec-by-rsa ec256 ca-rsa
	make_leaf expired ec256 ca-ec -1
	make_key no-names ec256
	sign no-names ca-ec 'keyUsage=digitalSignature\n' 30 device.local
	make_key address ec256
	sign address ca-ec 'subjectAltName=IP:192.0.2.1,IP:2001:db8::1,DNS:192.0.2.2\n' 30
	# Another root of the same name, as after a change of its key.
	mkdir -p other
	(cd other && make_ca ca-ec ec256 && openssl x509 -in ca-ec.pem -outform DER -out ../ca-ec-other.der)
	for ca in ca-ec ca-rsa; do openssl x509 -in $ca.pem -outform DER -out $ca.der; done
	make_key intermediate ec256
	sign intermediate ca-ec 'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n' 30
	openssl x509 -in intermediate.pem -outform DER -out intermediate.der
	make_leaf chained ec256 intermediate
	cat intermediate.pem >>chained.pem
	cat intermediate.der >>chained.der
	# Longer than what mbedTLS has room to write.
	make_leaf long ec256 ca-ec
	for _ in 1 2 3 4 5 6 7 8 9 10; do cat ca-rsa.pem; done >>long.pem
	# The longest that a client of ours sends.
	make_leaf tall ec256 ca-ec
	for _ in 1 2 3; do cat ca-rsa.pem; done >>tall.pem
	# Of a client, that expires before all else.
	make_leaf brief ec256 ca-ec 2
	# Of a client, with a longer certificate than others.
	make_key wide ec256
	sign wide ca-ec "subjectAltName=DNS:wide$(printf ',DNS:name-%04d.example' $(seq 70))\\nkeyUsage=digitalSignature\\n" 30
	# One whose intermediate certificate has expired.
	make_key late ec256
	sign late ca-ec 'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n' -1
	make_leaf by-late ec256 late
	cat late.pem >>by-late.pem
	# A longer one, each certificate alone.
	make_key second ec256
	sign second intermediate 'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n' 30
	openssl x509 -in second.pem -outform DER -out second.der
	make_leaf far ec256 second
	make_key for-clients ec256
	sign for-clients ca-ec 'extendedKeyUsage=clientAuth\nkeyUsage=digitalSignature\n' 30
	make_key for-servers ec256
	sign for-servers ca-ec 'extendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n' 30
	make_key for-mail ec256
	sign for-mail ca-ec 'extendedKeyUsage=emailProtection\n' 30
	make_key for-agreement ec256
	sign for-agreement ca-ec 'keyUsage=keyAgreement\n' 30
	cat ca-ec.pem ca-rsa.pem >ca.pem
	# A root that signs itself with another hash than its leaves, and leaves by other signatures than SHA-256 and PKCS #1.
	hash=-sha384 make_ca ca-384 ec384
	make_leaf by-ca-384 ec256 ca-384
	hash=-sha384 make_leaf by-sha384 ec256 ca-ec
	hash='-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1' make_leaf by-pss ec256 ca-rsa
	cat ca.pem ca-384.pem >ca-all.pem
	# What peers do not believe, and a root whose own signature counts for nothing.
	make_leaf rsa1024 rsa1024 ca-ec
	make_ca ca-rsa1024 rsa1024
	make_leaf by-rsa1024 ec256 ca-rsa1024
	cat ca-rsa1024.pem >>by-rsa1024.pem
	hash=-sha1 make_leaf by-sha1 ec256 ca-ec
	hash=-md5 make_leaf by-md5 ec256 ca-rsa
	hash=-sha1 make_ca ca-sha1 ec256
	make_leaf by-ca-sha1 ec256 ca-sha1
	cat ca-sha1.pem >>by-ca-sha1.pem
	make_forms
} >>"$log" 2>&1
touch .complete
