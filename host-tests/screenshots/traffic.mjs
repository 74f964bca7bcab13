// Traffic of many kinds, so that a dashboard has something to show.
import { Agent, get, request } from "node:https";
import { connect } from "node:tls";

const host = "localhost";

function ask(options) {
	return new Promise(resolve => {
		get({ host, rejectUnauthorized: false, ...options }, answer => answer.resume().on("end", resolve)).on(
			"error",
			resolve
		);
	});
}

/** A client that trusts nobody here, or that speaks another protocol. */
function fail(port, kind) {
	return new Promise(resolve => {
		const options = kind === "stranger" ? {} : { minVersion: "TLSv1.2", ciphers: "AES128-SHA", maxVersion: "TLSv1.2" };
		connect({ host, port, ...options })
			.on("error", resolve)
			.on("secureConnect", resolve);
	});
}

/** An upload that takes a while, so that a connection is seen at work. @returns what ends it */
function upload(port) {
	const sending = request({ host, port, path: "/upload", method: "POST", rejectUnauthorized: false });
	sending.on("error", () => {}).on("response", answer => answer.resume());
	sending.write("x");
	return () => sending.destroy();
}

/** Goes on until it is told to stop. @returns what stops it */
export function makeTraffic(port) {
	const kept = new Agent({ keepAlive: true, maxSockets: 2, rejectUnauthorized: false, maxCachedSessions: 10 });
	const old = new Agent({ maxVersion: "TLSv1.2", rejectUnauthorized: false, maxCachedSessions: 10 });
	const endUpload = upload(port);
	let round = 0;
	let isOver = false;
	const paths = ["/ca.crt", "/ca.crt", "/", "/nowhere"];
	const work = (async () => {
		for (; !isOver; round++) {
			const busy = 4 + Math.round(3 * Math.sin(round / 12) + 2 * Math.random());
			const asked = Array.from({ length: busy }, (_, index) => ask({ port, path: paths[index % 4], agent: kept }));
			if (round % 3 === 0) asked.push(ask({ port, path: "/", agent: old }));
			if (round % 7 === 0) asked.push(ask({ port, path: "/ca.crt", agent: false }));
			if (round % 17 === 3) asked.push(fail(port, "stranger"));
			if (round % 29 === 5) asked.push(fail(port, "suites"));
			await Promise.all(asked);
			await new Promise(resolve => setTimeout(resolve, 100 + 150 * Math.random()));
		}
	})();
	return async () => {
		isOver = true;
		await work;
		endUpload();
		kept.destroy();
		old.destroy();
	};
}
