export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	properties: Partial<HTMLElementTagNameMap[Name]> = {},
	...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

export function byId(id: string): HTMLElement {
	return document.getElementById(id) as HTMLElement;
}

/** Sets a text if it is another: a status that is set again would be read again. */
export function setText(target: HTMLElement, text: string): void {
	if (target.textContent !== text) target.textContent = text;
}

/** A table whose rows are replaced as they change; its head and its place stay, and so does where a screen reader stands. */
export class Table {
	readonly element: HTMLTableElement;
	readonly #body: HTMLTableSectionElement;
	readonly #empty: string;
	readonly #columns: number;

	constructor(caption: string, heads: readonly string[], empty: string) {
		const row = element("tr", {}, ...heads.map(head => element("th", { scope: "col" }, head)));
		this.#body = element("tbody");
		this.#empty = empty;
		this.#columns = heads.length;
		this.element = element(
			"table",
			{},
			element("caption", { className: "unseen" }, caption),
			element("thead", {}, row),
			this.#body
		);
	}

	set(rows: readonly (readonly (Node | string)[])[]): void {
		const body = this.#body;
		if (rows.length === 0) {
			const text = element("td", { colSpan: this.#columns, className: "empty" }, this.#empty);
			if (body.textContent !== this.#empty) body.replaceChildren(element("tr", {}, text));
			return;
		}
		while (body.rows.length > rows.length) body.deleteRow(-1);
		for (const [index, cells] of rows.entries()) this.#setRow(body.rows[index] ?? body.insertRow(), cells);
	}

	#setRow(row: HTMLTableRowElement, cells: readonly (Node | string)[]): void {
		if (row.cells.length !== cells.length) row.replaceChildren(...cells.map(() => element("td")));
		for (const [index, content] of cells.entries()) {
			const cell = row.cells[index] as HTMLTableCellElement;
			if (typeof content === "string") setText(cell, content);
			else cell.replaceChildren(content);
		}
	}
}
