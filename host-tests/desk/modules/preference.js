// Buffers only, one file each, in the folder that --config preferences=DIR names, or else build/preferences.
import { Directory, File } from "file";
import config from "mc/config";

const folder = config.preferences ?? "build/preferences";
const pathOf = (domain, name) => `${folder}/${domain}.${name}`;

const Preference = {
	set(domain, name, value) {
		const path = pathOf(domain, name);
		const draft = `${path}.new`;
		Directory.create(folder);
		File.delete(draft);
		const file = new File(draft, true);
		file.write(value);
		file.close();
		if (!File.rename(draft, `${domain}.${name}`)) throw new Error(`Writing ${path} failed`);
	},
	get(domain, name) {
		const path = pathOf(domain, name);
		if (!File.exists(path)) return undefined;
		const file = new File(path);
		const value = file.read(ArrayBuffer);
		file.close();
		return value;
	},
	delete(domain, name) {
		File.delete(pathOf(domain, name));
	}
};

export default Preference;
