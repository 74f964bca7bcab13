export class File extends Native("xs_desk_file_destructor") {
	constructor(path, write) {
		super();
		native("xs_desk_file").call(this, path, write);
	}
	read(type, count) {
		return native("xs_desk_file_read").call(this, type === String, count);
	}
	write(...items) {
		for (const item of items) native("xs_desk_file_write").call(this, item);
	}
	close() {
		return native("xs_desk_file_close").call(this);
	}
	get length() {
		return native("xs_desk_file_get_length").call(this);
	}
	get position() {
		return native("xs_desk_file_get_position").call(this);
	}
	set position(position) {
		native("xs_desk_file_set_position").call(this, position);
	}
	static delete(path) {
		return native("xs_desk_file_delete").call(File, path);
	}
	static exists(path) {
		return native("xs_desk_file_exists").call(File, path);
	}
	static rename(path, name) {
		return native("xs_desk_file_rename").call(File, path, name);
	}
}

export const Directory = {
	create(path) {
		return native("xs_desk_directory_create").call(Directory, path);
	}
};

export default Object.freeze({ File, Directory });
