// Whose each slot is: a module's, or XS's. What a module's exports and functions are made of is its own; what several come to
// is whose export it is, or who is nearest.

/** The instance of each module, with its name in the linker's table. */
function modulesOf(slots) {
	const isModule = index => slots[index]?.kind === "MODULE";
	const modules = new Map();
	for (const slot of slots) {
		if (slot.kind !== "REFERENCE" || slot.property === undefined) continue;
		for (const to of slot.refers)
			if (slots[to]?.kind === "INSTANCE" && isModule(slots[to].next)) modules.set(to, slot.property);
	}
	return modules;
}

/** The slots of an instance behind the first. */
function* propertiesOf(slots, index) {
	for (let at = slots[index].next; at !== undefined; at = slots[at].next) yield at;
}

/** The name of each slot's module, "XS", or `undefined` for names and what nothing refers to. */
export function ownersOf({ slots, roots }) {
	const modules = modulesOf(slots);
	const owners = new Array(slots.length);
	const found = [];
	const claim = (index, owner) => {
		if (slots[index] === undefined || slots[index].kind === "KEY_X" || owners[index] !== undefined) return;
		owners[index] = owner;
		found.push(index);
	};
	for (const [index, name] of modules) claim(index, name);
	// An export says whose the variable is; those that import it refer to the same.
	for (const { kind, next, refers } of slots) {
		const [variable, module] = refers.slice(next === undefined ? 0 : 1);
		if (kind === "EXPORT" && modules.has(module)) claim(variable, modules.get(module));
	}
	// A function's home says in which module it was made.
	slots.forEach(({ kind, refers }, index) => {
		if (kind === "HOME" && modules.has(refers.at(-1))) claim(index, modules.get(refers.at(-1)));
	});
	slots.forEach(({ kind }, index) => {
		if (kind !== "INSTANCE") return;
		for (const at of propertiesOf(slots, index)) if (slots[at].kind === "HOME" && owners[at]) claim(index, owners[at]);
	});
	for (const root of roots) claim(root, "XS");
	for (let at = 0; at < found.length; at++) for (const to of slots[found[at]].refers) claim(to, owners[found[at]]);
	return owners;
}
