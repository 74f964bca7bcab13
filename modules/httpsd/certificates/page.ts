const style =
	"body{font:1em/1.5 system-ui;max-width:40em;margin:2em auto;padding:0 1em}label{display:block;padding:.4em 0}textarea{box-sizing:border-box;width:100%}button{font:inherit;padding:.4em 1em}";

/** Of the page. The style stands in it, by its hash, which host-tests/unit/httpsd/certificates computes; the script is another file. */
export const certificatesPolicy: string =
	"default-src 'none'; script-src 'self'; style-src 'sha256-m4vjAlnURBZoFMVMl+avczsjZAenmX6ftz1LsX0N+IA='; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const certificatesPage = (path: string): string => {
	return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Certificates</title>
<style>${style}</style>
<h1>Certificates</h1>
<div id="choices"></div>
<p id="said" role="status"></p>
<h2>Of your own CA</h2>
<p>Have <a href="${path}/request">this request</a> signed, and put in what comes back:</p>
<label for="chain">Certificates in PEM, in any order</label>
<textarea id="chain" rows="8" spellcheck="false"></textarea>
<button id="install">Install</button>
<script src="${path}/script.js" data-path="${path}"></script>
</html>`;
};

export const certificatesScript = `const { path } = document.currentScript.dataset;
const by = id => document.getElementById(id);
const say = text => { by("said").textContent = text; };
const day = time => time ? "until " + new Date(time).toISOString().slice(0, 10) : "none yet";
const show = ({ choice, choices, trial }) => {
	by("choices").replaceChildren(...choices.map(({ name, notAfter }) => {
		const label = document.createElement("label");
		const button = document.createElement("input");
		Object.assign(button, { type: "radio", name: "choice", checked: name === choice, disabled: !notAfter });
		button.onchange = () => send("choice", JSON.stringify({ name }));
		label.append(button, " " + name + ", " + day(notAfter));
		return label;
	}));
	if (trial === null) return;
	say("On trial for " + Math.ceil(trial / 60000) + " minutes: looking whether it works …");
	setTimeout(load, 3000, "It works, and stays.");
};
async function ask(what, options) {
	try {
		const response = await fetch(path + "/" + what, options);
		const text = await response.text();
		if (response.ok) return show(JSON.parse(text)), true;
		say(text);
	} catch (error) {
		say("The device cannot be reached with this certificate: that of before comes back in ten minutes. " + error);
	}
	return false;
}
async function load(text = "") {
	if (await ask("state")) say(text);
}
async function send(what, body) {
	say("");
	await ask(what, { method: "POST", body });
}
by("install").onclick = () => send("chain", by("chain").value);
load();
`;
