// What clients ask of all that a server does beside taking content, one request after the other on a connection, each odd in
// its own way; and handshakes of all kinds.
import { readFileSync } from "node:fs";
import { connect as connectTLS, createSecureContext } from "node:tls";
import { head, over } from "./http-attacks.mjs";
import { answer, closed, tcp, tired, write } from "./wire.mjs";

const list = (dice, most, item) => Array.from({ length: dice.length(most) }, item);

/** Fields of which each may have many members, most of them none that anybody knows. */
const fields = [
	dice => `Range: bytes=${list(dice, 40, () => `${dice.length(2000)}-${dice.pick(["", dice.length(3000)])}`).join()}`,
	dice => `If-None-Match: ${list(dice, 60, () => `"${dice.length(99)}"`).join()}`,
	dice => `If-Range: "${dice.length(99)}"`,
	dice => `Accept-Encoding: ${list(dice, 60, () => `c${dice.length(99)};q=0.${dice.upTo(0, 9)}`).join()}`,
	dice => `Cookie: ${list(dice, 80, () => `n${dice.length(99)}=v`).join("; ")}`,
	dice => `Authorization: Basic ${dice.bytes(dice.length(300)).toString("base64")}`,
	dice =>
		`Authorization: Digest ${list(dice, 40, () => `p${dice.length(99)}="${"v".repeat(dice.length(40))}"`).join()}`,
	dice =>
		`Authorization: Digest username="ada", realm="Panel", nonce="${dice.length(99)}", uri="/digest/x", qop=auth, nc=00000001, cnonce="c", response="${"0".repeat(64)}", algorithm=SHA-256`,
	() => "Origin: https://app.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: a,b,c",
	dice => `Sec-WebSocket-Protocol: ${",".repeat(dice.length(900))}`,
	dice => `Upgrade: ${"a,".repeat(dice.length(900))}`,
	dice => `If-Modified-Since: ${"a ".repeat(dice.length(900))}`,
	dice => `Accept-Language: ${list(dice, 60, () => "de;q=0.5").join()}`,
	dice => `Connection: ${list(dice, 60, () => "x").join()}`
];
const paths = ["/", "/memory/", "/memory/page.html", "/old", "/json", "/cookies", "/nowhere"];
const guarded = ["/digest/x", "/basic/x", "/limited/x", "/shared/x"];

function request(dice) {
	const query = dice.pick([
		"",
		`?${list(dice, 200, () => "a=%41").join("&")}`,
		`?${"a&".repeat(dice.length(500))}`,
		`?${"%20".repeat(dice.length(300))}`,
		dice.pick(["/", "a/", "%2f", ";"]).repeat(dice.length(300))
	]);
	const some = list(dice, 4, () => dice.pick(fields)(dice));
	const method = dice.pick(["GET", "GET", "GET", "HEAD", "OPTIONS", "DELETE", "TRACE"]);
	return head(`${method} ${dice.pick([...paths, ...guarded])}${query}`, ...some);
}

const identity = () => ({
	cert: `${readFileSync("build/identity/server.pem")}${readFileSync("build/identity/ca.pem")}`,
	key: readFileSync("build/identity/server.key.pem")
});
let session;

/** How a client may begin: with a certificate, a long chain of them, a ticket, a pre-shared key that is known or not. */
const handshakes = [
	() => ({ secureContext: createSecureContext(identity()) }),
	({ upTo }) => {
		const { cert, key } = identity();
		return {
			secureContext: createSecureContext({
				key,
				cert: cert + readFileSync("build/identity/ca.pem").toString().repeat(upTo(1, 12))
			})
		};
	},
	() => ({ session }),
	({ pick }) => ({
		maxVersion: "TLSv1.2",
		ciphers: "PSK",
		pskCallback: () => ({ psk: Buffer.alloc(32, 7), identity: pick(["siege", "nobody", "n".repeat(120)]) })
	}),
	() => ({ ciphers: "ECDHE-ECDSA-AES256-GCM-SHA384", maxVersion: "TLSv1.2" }),
	() => ({ ecdhCurve: "P-521:P-384" })
];

async function open(attack) {
	const options = attack.dice.pick(handshakes)(attack.dice);
	const socket = connectTLS({ socket: tcp(attack), rejectUnauthorized: false, ...options });
	socket.text = "";
	socket
		.on("error", () => {})
		.on("session", ticket => {
			session = ticket;
		});
	socket.on("data", bytes => {
		socket.text = (socket.text + bytes.toString("latin1")).slice(0, 4096);
	});
	const ready = await Promise.race([
		new Promise(resolve => void socket.once("secureConnect", () => resolve(true))),
		closed(socket).then(() => false),
		new Promise(resolve => setTimeout(() => resolve(false), tired))
	]);
	return ready ? socket : undefined;
}

export const featureAttacks = {
	async handshakes(attack) {
		const socket = await open(attack);
		if (socket === undefined) return "no handshake";
		await write(socket, request(attack.dice));
		return answer(socket);
	},

	requests: over(async (socket, _, dice) => {
		for (let count = dice.length(60); count > 0 && !socket.destroyed; count--) {
			socket.text = "";
			await write(socket, request(dice));
			await answer(socket);
		}
	}),

	pipelined: over(async (socket, _, dice) => {
		await write(socket, list(dice, 60, () => request(dice)).join(""));
		return answer(socket);
	}),

	unread: over(async (socket, { sockets }, dice) => {
		for (const way of sockets) way.pause();
		await write(socket, list(dice, 30, () => request(dice)).join(""));
		await new Promise(resolve => setTimeout(resolve, dice.upTo(500, tired)));
	}),

	echo: over(async (socket, { sockets }, dice) => {
		if (dice.upTo(0, 1)) for (const way of sockets) way.pause();
		const size = dice.length(1000);
		await write(socket, head("POST /echo", "Transfer-Encoding: chunked"));
		for (let count = dice.length(300); count > 0 && !socket.destroyed; count--)
			await write(socket, `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`);
		await write(socket, "0\r\n\r\n");
		return answer(socket);
	})
};
