export const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Chat</title>
<h1>Chat</h1>
<ul id="log" aria-live="polite"></ul>
<form><label>Say <input id="text" maxlength="200" autocomplete="off" autofocus></label> <button>Send</button></form>
<script>
const log = document.getElementById("log"), text = document.getElementById("text");
const show = line => { log.appendChild(document.createElement("li")).textContent = line; };
const socket = new WebSocket(location.href.replace(/^http/, "ws") + "room");
socket.onmessage = ({ data }) => {
	const { from, say } = JSON.parse(data);
	show(from + ": " + say);
};
socket.onclose = ({ code }) => show("The connection has ended (" + code + ")");
document.forms[0].onsubmit = event => {
	event.preventDefault();
	if (text.value) socket.send(text.value);
	text.value = "";
};
</script>
</html>
`;
