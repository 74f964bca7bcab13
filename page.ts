import type { ServerMemory } from "httpsd/server";
import type { TLSDetails } from "tls/details";
import type { Heap } from "tls/heap";

export interface PageFacts {
	readonly tls: TLSDetails;
	/** Milliseconds since the firmware started. */
	readonly uptime: number;
	readonly heap: Heap;
	readonly memory: ServerMemory;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em; color: #223 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4em .6em; border-bottom: 1px solid #dde }
th { font-weight: normal; color: #667; width: 12em }`;

function formatDuration(milliseconds: number): string {
	const seconds = Math.floor(milliseconds / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	return parts.map(part => String(part).padStart(2, "0")).join(":");
}

function formatBytes(bytes: number | undefined): string {
	return bytes === undefined ? "not limited here" : `${bytes} bytes`;
}

/** The page of the demo. None of the facts comes from the client, so nothing is escaped. */
export function renderPage({ tls, uptime, heap, memory }: PageFacts): string {
	const rows: readonly (readonly [string, string])[] = [
		["TLS version", tls.protocol],
		["Cipher suite", tls.cipher],
		["Application protocol", tls.alpnProtocol ?? "none"],
		["Uptime", formatDuration(uptime)],
		["Free heap", formatBytes(heap.free)],
		["Held by TLS", formatBytes(heap.used)],
		["Held for clients", `${memory.used} of ${memory.limit} bytes, at most ${memory.peak}`],
		["Without room", `${memory.refused} times`]
	];
	return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>HTTPS from XS</title>
<style>${style}</style>
<h1>HTTPS from XS</h1>
<p>This page was made by TypeScript on the XS engine and came over TLS.</p>
<table>${rows.map(([name, value]) => `<tr><th>${name}<td>${value}`).join("\n")}</table>
<p><a href="/chat">Chat over WSS</a>, with whoever else opens it.</p>
<p><a href="/ca.crt">The CA to install</a>, so that browsers trust this server. Compare its SHA-256 with the console's first.</p>
</html>
`;
}
