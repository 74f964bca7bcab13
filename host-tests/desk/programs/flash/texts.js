// What a module has in flash. A test preloads it, or does not.

export const greet = () => "a greeting of some forty characters in all";
export const makeFunction = name => () => name;

const words = Object.freeze(["one", "two", "three"]);
const amount = 12345678901234567890n;

class Verse {
	lines = [];
	add(word) {
		this.lines.push(`${word} of ${words.length}`);
		return this;
	}
}

export const describe = () =>
	`${words.join(" ")}, ${amount}, ${words.reduce((verse, word) => verse.add(word), new Verse()).lines}`;
