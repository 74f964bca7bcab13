import type Server from "httpsd/server";
import Time from "time";
import Timer from "timer";

/** Most characters of what somebody says: more is left off, since in JSON it can be six times as long. */
const maxText = 200;
/** Milliseconds between two messages that the server sends by itself. */
const newsInterval = 1000;

const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Chat over WSS</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em; color: #223 }
#log { height: 14em; overflow: auto; border: 1px solid #dde; padding: .4em .6em; list-style: none; margin: 1em 0 }
input { width: 20em; font: inherit } button { font: inherit }
</style>
<h1>Chat over WSS</h1>
<p><span id="state">connecting</span> · <span id="clients">?</span> connected · up for <span id="uptime">?</span> s
<ul id="log"></ul>
<form><input id="text" maxlength="${maxText}" autocomplete="off" autofocus> <button>Send</button>
<button type="button" id="ping">Ping</button> <span id="pong"></span></form>
<script>
const show = (id, text) => { document.getElementById(id).textContent = text; };
const log = document.getElementById("log"), text = document.getElementById("text");
const socket = new WebSocket(location.href.replace(/^http/, "ws") + "/socket");
socket.onopen = () => show("state", "open");
socket.onclose = event => show("state", "closed with " + event.code);
socket.onmessage = ({ data }) => {
	const { clients, uptime, from, say, pong } = JSON.parse(data);
	if (clients !== undefined) show("clients", clients), show("uptime", uptime);
	if (pong !== undefined) show("pong", "pong after " + pong + " ms");
	if (say === undefined) return;
	const line = log.appendChild(document.createElement("li"));
	line.textContent = from + ": " + say;
	line.scrollIntoView();
};
document.forms[0].onsubmit = event => {
	event.preventDefault();
	if (text.value) socket.send(text.value);
	text.value = "";
};
document.getElementById("ping").onclick = () => socket.send("/ping");
</script>
</html>
`;

/**
 * Adds a page at /chat whose WebSocket shows several clients, Ping and Pong, and messages that the server sends without
 * being asked (row B12). `/ping` as a message has the client pinged and told how long its Pong took; any other text goes
 * to all.
 */
export function addChat(server: Server): void {
	const started = Time.ticks;
	let timer: Timer | undefined;
	const room = server.websocket("/chat/socket", {
		accepts: "text",
		open() {
			tellNews();
			timer ??= Timer.repeat(tellNews, newsInterval);
		},
		message(socket, text) {
			if (text === "/ping") socket.ping(ArrayBuffer.fromString(String(Time.ticks)));
			else room.broadcast(JSON.stringify({ from: socket.peer.id, say: text.slice(0, maxText) }));
		},
		pong(socket, sent) {
			// Pongs of the server's own liveness check are empty.
			if (sent.byteLength > 0) socket.send(JSON.stringify({ pong: Time.delta(Number(String.fromArrayBuffer(sent))) }));
		},
		close() {
			if (room.clients.size > 0) tellNews();
			else {
				Timer.clear(timer as Timer);
				timer = undefined;
			}
		}
	});
	function tellNews(): void {
		const uptime = Math.floor(Time.delta(started) / 1000);
		room.broadcast(JSON.stringify({ clients: room.clients.size, uptime }));
	}
	server.content("/chat", "text/html;charset=utf-8", page);
}
