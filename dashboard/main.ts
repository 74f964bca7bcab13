// The page of modules/httpsd/dashboard, as the browser runs it. build.mjs makes one script of these files and uPlot.

import { Chart, charts } from "./charts";
import { byId, setText } from "./elements";
import { Firmware } from "./firmware";
import * as format from "./format";
import { Live } from "./live";
import type { Answer, Description, Snapshot } from "./messages";
import { Certificate, Tables, Tiles } from "./panels";
import { Samples } from "./samples";

/** Milliseconds between two looks at the certificate: it may have been renewed by itself. */
const certificateCheck = 600_000;

const samples = new Samples();
const drawn = charts.map(options => new Chart(options));
byId("charts").replaceChildren(...drawn.map(chart => chart.element));
const tiles = new Tiles();
const tables = new Tables();
let description: Description | undefined;
let isRenewing = false;
let last = 0;
let time = 0;

const certificate = new Certificate(() => {
	isRenewing = true;
	notify("Renewing the certificate");
	live.send("renew");
});

const firmware = new Firmware(notify);

function notify(text: string): void {
	setText(byId("notice"), text);
}

function describe(told: Description): void {
	if (isRenewing && told.fingerprint !== description?.fingerprint) {
		isRenewing = false;
		notify("The certificate has been renewed: new connections get it");
	}
	description = told;
	document.title = `${told.title} · status`;
	setText(byId("title"), told.title);
	samples.begin(told.classes);
	certificate.set(told);
	firmware.set(told);
}

function show(snapshot: Snapshot): void {
	if (snapshot.time < time) tables.clear();
	time = snapshot.time;
	last = snapshot.last;
	samples.add(snapshot);
	for (const chart of drawn) chart.update(samples.all);
	tiles.set(snapshot, samples.all.at(-1), description?.places ?? 0);
	tables.set(snapshot);
	setText(byId("uptime"), `up ${format.duration(snapshot.time)}`);
}

function take(answer: Answer): void {
	if ("refused" in answer) {
		certificate.refused();
		notify(`Not renewed: ${answer.refused}`);
	} else if ("title" in answer) describe(answer);
	else if (!("busy" in answer)) show(answer);
}

const live = new Live({
	answered: take,
	get last() {
		return last;
	},
	get interval() {
		return description?.interval ?? 2000;
	},
	state: (text, isLive) => {
		setText(byId("state"), text);
		byId("state").className = isLive ? "live" : "";
	},
	lost: () => samples.pause()
});

setInterval(() => live.send("identity"), certificateCheck);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
	for (const chart of drawn) chart.recolour();
});
new ResizeObserver(() => {
	for (const chart of drawn) chart.resize();
}).observe(byId("charts"));
