// What goes on within a `try` goes back to where it was called, and what is thrown there is caught there, however deep, and whoever
// throws it.

const told = [];
const tell = text => told.push(text);

function* inOne() {
	try {
		yield "one";
		yield "two";
		throw new Error("thrown in one");
	} catch (error) {
		tell(error.message);
		yield "caught";
	} finally {
		tell("finally in one");
	}
}

function* inThree() {
	try {
		try {
			try {
				tell(yield 1);
			} finally {
				tell(yield 2);
			}
		} catch (error) {
			tell(`caught ${error}`);
			tell(yield 3);
		}
	} finally {
		tell(yield 4);
	}
	return 5;
}

const after = (value, behind) => `${value} ${behind}`;

for (const text of inOne()) tell(after(text, "behind"));
const three = inThree();
tell(after(three.next().value, "first"));
tell(after(three.next("a").value, "second"));
tell(after(three.throw("b").value, "third"));
tell(after(three.next("c").value, "fourth"));
tell(after(three.next("d").value, "fifth"));

async function waits(depth) {
	try {
		await null;
		if (depth > 0) await waits(depth - 1);
		else throw new Error("thrown in the deepest");
	} catch (error) {
		tell(`${depth} ${error.message}`);
		throw error;
	} finally {
		await null;
		tell(`${depth} ends`);
	}
}

async function* pieces() {
	try {
		for (let piece = 0; piece < 3; piece++) yield await piece;
	} finally {
		tell("pieces end");
	}
}

try {
	await waits(2);
} catch (error) {
	tell(after(error.message, "at the top"));
}
// What C throws, called by the interpreter, by C, and by a generator.
const fromC = [
	() => JSON.parse("{"),
	() => [1].map(() => decodeURIComponent("%")),
	() => new Uint8Array(-1),
	() => [..."ab"].sort(() => null.property),
	() => Reflect.apply(Array.prototype.reduce, [], [() => 0]),
	() => [
		...(function* () {
			yield ArrayBuffer.prototype.slice.call(1);
		})()
	]
];
const caught = act => {
	try {
		return act();
	} catch (error) {
		return error.name;
	}
};
for (const act of fromC) tell(after(caught(act), "from C"));
tell(after(await Promise.all(fromC.map(async act => caught(act))), "in one"));
for await (const piece of pieces()) tell(after(piece, "of three"));
trace(`${told.join("\n")}\n`);
