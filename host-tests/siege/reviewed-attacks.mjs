// What reviewers have found beside what the other files have: clients that leave while a handler of theirs goes on, or over output
// that they did not take, odd heads, names that nest or come in thousands.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, createSecureContext } from "node:tls";
import { whenClosed } from "./handshake-attacks.mjs";
import { head, over } from "./http-attacks.mjs";
import { deepJson, oddContent, oddHead } from "./odd-heads.mjs";
import { answer, closed, tcp, tired, tls, write } from "./wire.mjs";

const reset = ({ sockets }) => {
	for (const way of sockets) way.resetAndDestroy();
};

/** Some requests, one after the other, on one connection as long as the server keeps it. */
const several = make =>
	over(async (socket, _, dice) => {
		for (let count = dice.upTo(1, 8); count > 0 && !socket.destroyed; count--) {
			socket.text = "";
			await write(socket, make(dice));
			await answer(socket);
		}
	});

/** A certificate with as many names as there is room for: made once for each number. */
const certificates = new Map();
function certificateOf(count) {
	const known = certificates.get(count);
	if (known !== undefined) return known;
	const folder = mkdtempSync(join(tmpdir(), "siege-"));
	const [key, cert] = ["key.pem", "cert.pem"].map(name => join(folder, name));
	const names = ["-addext", `subjectAltName=${Array(count).fill("DNS:a").join()}`];
	execFileSync("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key]);
	execFileSync("openssl", [
		"req",
		"-x509",
		"-key",
		key,
		"-days",
		"30",
		"-subj",
		"/OU=a/OU=b/CN=c",
		"-out",
		cert,
		...names
	]);
	const made = createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) });
	rmSync(folder, { recursive: true });
	certificates.set(count, made);
	return made;
}

export const reviewedAttacks = {
	oddHeads: several(oddHead),

	oddContent: several(oddContent),

	/** All pairs that a query may have, which a handler holds while it waits. */
	heldQuery: over(async (socket, _, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.patient)}?${"a&".repeat(dice.pick([40, 64, 65, 256]))}`));
		return answer(socket);
	}),

	/** Asks of a handler that waits, and leaves. */
	async asksAndLeaves(attack) {
		const { dice, site } = attack;
		let ended = "left";
		for (let count = dice.upTo(1, 10); count > 0 && ended === "left"; count--) {
			const socket = await tls(attack);
			if (socket === undefined) return "no handshake";
			await write(socket, head(`GET ${dice.pick(site.patient)}`).repeat(dice.pick([1, 1, 20])));
			ended = await whenClosed(socket, dice.upTo(0, 150));
			if (dice.upTo(0, 1)) reset(attack);
			else socket.destroy();
		}
		return ended;
	},

	/** Begins handshakes and leaves each behind its ClientHello. */
	async leftHandshakes(attack) {
		if (attack.site.isPlain) return "no TLS";
		for (let count = attack.dice.upTo(1, 20); count > 0; count--) {
			const socket = connect({ socket: tcp(attack), rejectUnauthorized: false }).on("error", () => {});
			await sleep(attack.dice.upTo(5, 60));
			reset(attack);
			socket.destroy();
		}
		return "left";
	},

	deepJson: over(async (socket, _, dice, site) => {
		const json = deepJson(dice.pick([4, 5, 8, 9, 17, 32, 33]));
		await write(socket, head(`POST ${dice.pick(site.posts)}`, `Content-Length: ${json.length}`) + json);
		return answer(socket);
	}),

	resetsOverOutput: over(async (socket, attack, dice, site) => {
		for (const way of attack.sockets) way.pause();
		await write(socket, head(`GET ${dice.pick(site.long)}`).repeat(dice.upTo(1, 3)));
		await sleep(dice.upTo(50, 1000));
		reset(attack);
		return "reset";
	}),

	cutEvents: over(async (socket, attack, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.events)}`));
		await sleep(dice.upTo(10, 300));
		for (const way of attack.sockets) way.pause();
		await sleep(dice.upTo(10, 1000));
		reset(attack);
		return "reset";
	}),

	/** From an address of its own each, which filters count. */
	async manyAddresses(attack) {
		const { dice } = attack;
		for (let count = dice.upTo(1, 10); count > 0; count--) {
			const localAddress = `127.${dice.upTo(1, 254)}.${dice.upTo(1, 254)}.${dice.upTo(1, 254)}`;
			const socket = await tls({ ...attack, localAddress });
			if (socket === undefined) return "no handshake";
			await write(socket, head("GET /limited/x", "Connection: close"));
			await Promise.race([closed(socket), sleep(tired)]);
			socket.destroy();
		}
		return "asked";
	},

	async namedCertificates(attack) {
		if (!attack.site.features) return "not asked for";
		const secureContext = certificateOf(attack.dice.pick([64, 65, 1000, 2500]));
		const socket = connect({ socket: tcp(attack), rejectUnauthorized: false, secureContext }).on("error", () => {});
		socket.text = "";
		socket.on("data", bytes => {
			socket.text = (socket.text + bytes.toString("latin1")).slice(0, 4096);
		});
		await write(socket, head(`GET ${attack.dice.pick(["/names", "/json"])}`));
		return answer(socket);
	}
};
