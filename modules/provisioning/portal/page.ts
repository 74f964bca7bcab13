import { replaceEvery } from "text/replace";
import type { FoundNetwork } from "../radio/scanner";
import type { Problem, Progress } from "./progress";
import { policy, script, style } from "./style";
import { describeProblem } from "./texts";

/** What a page shows. */
export interface View extends Progress {
	/** What the device is called. */
	readonly title: string;
	/** Where it is found once it has joined. */
	readonly link: string;
	readonly networks: readonly FoundNetwork[];
	readonly isScanning: boolean;
	/** Whether networks could not be looked for. */
	readonly scanFailed: boolean;
	/** Why what was sent is not done, for who has sent it alone; the form again, whatever the device is about. */
	readonly notice?: Problem;
}

const escapes = Object.freeze(
	[
		["&", "&amp;"],
		["<", "&lt;"],
		[">", "&gt;"],
		['"', "&quot;"]
	] as const,
	true
);

export const escapeHTML = (text: string): string => {
	let escaped = text;
	for (const [character, reference] of escapes) escaped = replaceEvery(escaped, character, reference);
	return escaped;
};

/** By which a page finds out whether it is still right. */
export const stateOf = ({ phase, problem, isScanning }: View): string => {
	return phase === "form" ? `form ${problem ?? ""}${isScanning ? " scanning" : ""}` : phase;
};

/** Takes a piece of a page. */
export type Write = (piece: string) => void;

/** The page, in pieces: a device has no room for all of it at once. It works without its script. */
export const renderPage = (shown: View, write: Write): void => {
	const { notice, isScanning } = shown;
	const view: View = notice === undefined ? shown : { ...shown, phase: "form", problem: notice };
	const { phase } = view;
	const title = escapeHTML(view.title);
	write(
		'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
	);
	write(
		`<title>${phase === "form" && view.problem !== undefined ? "Not joined: " : ""}${headings[phase]} – ${title}</title>`
	);
	write('<meta http-equiv="Content-Security-Policy" content="');
	write(policy);
	write('">');
	if (phase === "joining" || isScanning) write('<noscript><meta http-equiv="refresh" content="4;url=/"></noscript>');
	write("<style>");
	for (const part of style) write(part);
	write(`</style></head><body data-at="${stateOf(shown)}"><main><h1>${headings[phase]}</h1><p>${title}</p>`);
	if (phase === "form") renderForm(view, write);
	else renderProgress(view, write);
	write('<p id="said" role="status"></p></main><script>');
	for (const part of script) write(part);
	write("</script></body></html>\n");
};

const headings = Object.freeze({
	form: "Choose a Wi-Fi network",
	joining: "Joining the network",
	joined: "The device has joined",
	done: "All done"
} as const);

const renderProgress = ({ phase, ssid, link }: View, write: Write): void => {
	const name = `<b>${escapeHTML(ssid)}</b>`;
	const url = escapeHTML(link);
	if (phase === "joining") {
		write(
			`<p>The device is joining ${name}. This takes up to a minute. It may close its own network for a moment: join that again then.</p>`
		);
		write('<progress aria-label="Joining"></progress>');
		return;
	}
	write(`<p>The device is now in ${name}. Join it with this phone or computer too, then open `);
	write(`<a href="${url}">${url}</a></p>`);
	if (phase === "joined") {
		write("<p>The device's own network closes when you press the button, or in two minutes.</p>");
		write('<form method="post" action="/done"><button class="main">Done</button></form>');
	} else write("<p>The device's own network closes now, and so may this window.</p>");
};

const renderForm = (view: View, write: Write): void => {
	const { problem, ssid, networks, isScanning, scanFailed } = view;
	if (problem !== undefined) write(problemText(problem, ssid, networks));
	write('<form method="post" action="/join"><fieldset><legend>Networks</legend>');
	const isListed = networks.some(each => each.ssid === ssid);
	for (const network of networks) write(networkLine(network, ssid));
	if (networks.length === 0)
		write(
			`<p>${isScanning ? "Looking for networks…" : scanFailed ? "Networks could not be looked for." : "No network was found."}</p>`
		);
	const typed = isListed ? "" : escapeHTML(ssid);
	write(
		`<label>Another one, by its name<input type="text" name="other" value="${typed}" autocomplete="off" autocapitalize="none" spellcheck="false"></label></fieldset>`
	);
	write(
		'<label>Password (empty for an open network)<input type="password" name="password" id="password" autocomplete="off"></label>'
	);
	write(
		'<label id="shown" hidden><input type="checkbox" id="show"> Show the password</label><button class="main">Join</button></form>'
	);
	if (!isScanning) write('<form method="post" action="/scan"><p><button>Look for networks again</button></p></form>');
};

const problemText = (problem: Problem, ssid: string, networks: readonly FoundNetwork[]): string => {
	const isSeen = networks.some(each => each.ssid === ssid);
	return `<p class="problem" role="alert">${escapeHTML(describeProblem(problem, ssid, isSeen))}</p>`;
};

const networkLine = ({ ssid, isOpen, rssi }: FoundNetwork, chosen: string): string => {
	const name = escapeHTML(ssid);
	const strength = rssi > -60 ? "strong" : rssi > -75 ? "good" : "weak";
	const state = ssid === chosen ? " checked" : "";
	return `<label><input type="radio" name="ssid" value="${name}"${state}> <bdi>${name}</bdi> <small>${strength}${isOpen ? ", open" : ""}</small></label>`;
};
