// Cuts the power in what the SDK does on the way to another value: in preferences, which it erases before it sets them,
// and in files, of which some file systems want the old one deleted before the new one has its name. Prints what is read
// afterwards.

import { File } from "file";
import FileStore from "identity/file-store";
import Image from "identity/image";
import PreferenceStore from "identity/preference-store";
import { encodeSlot } from "identity/storage/slot";
import type { Store } from "identity/store";
import config from "mc/config";
import Preference from "preference";

type Changeable<T> = { -readonly [Name in keyof T]: T[Name] };

const preference = Preference as Changeable<typeof Preference>;
const file = File as Changeable<typeof File>;
const { set } = preference;
const { rename } = file;
const slot = (sequence: number) => encodeSlot(sequence, 0, [["key", "server", new Uint8Array(100).fill(sequence)]]);

function sequenceIn(store: Store): number | undefined {
	const value = store.read();
	return value && Image.fromSlot(new Uint8Array(value as ArrayBuffer))?.sequence;
}

/** What is in force after power failed in writing image `sequence`. */
function cut(store: Store, sequence: number): number | undefined {
	try {
		store.write(slot(sequence));
		trace("the power did not fail\n");
	} catch {}
	return sequenceIn(store);
}

function cutPreferences(): (number | undefined)[] {
	const store = new PreferenceStore("cut");
	const seen: (number | undefined)[] = [];
	for (let sequence = 1; sequence < 5; sequence++) {
		preference.set = (domain, key) => {
			Preference.delete(domain, key);
			throw new Error("power failed");
		};
		seen.push(cut(store, sequence));
		preference.set = (domain, key, value) => set(domain, key, (value as ArrayBuffer).slice(0, 90));
		seen.push(cut(store, sequence));
		preference.set = set;
		store.write(slot(sequence));
		seen.push(sequenceIn(store));
	}
	return seen;
}

/** A file system that does not rename over a file loses power when the old one is gone; then, while the next is written. */
function cutFiles(): (number | undefined)[] {
	const path = `${config.folder}/store.bin`;
	const store = new FileStore(path);
	const { write } = File.prototype;
	store.write(slot(1));
	file.rename = () => {
		if (File.exists(path)) return false;
		throw new Error("power failed");
	};
	const seen = [cut(store, 2)];
	file.rename = rename;
	File.prototype.write = () => {
		throw new Error("power failed");
	};
	seen.push(cut(store, 3));
	File.prototype.write = write;
	store.write(slot(4));
	return [...seen, sequenceIn(store)];
}

trace(`preferences ${JSON.stringify(cutPreferences())}\n`);
trace(`files ${JSON.stringify(cutFiles())}\n`);
