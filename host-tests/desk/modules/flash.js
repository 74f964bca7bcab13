export default class Flash extends Native("xs_desk_flash_destructor") {
	constructor(name) {
		super();
		native("xs_desk_flash").call(this, name);
	}
	erase(sector) {
		return native("xs_desk_flash_erase").call(this, sector);
	}
	read(offset, byteLength) {
		return native("xs_desk_flash_read").call(this, offset, byteLength);
	}
	write(offset, byteLength, buffer) {
		return native("xs_desk_flash_write").call(this, offset, byteLength, buffer);
	}
	map() {
		return native("xs_desk_flash_map").call(this);
	}
	get byteLength() {
		return native("xs_desk_flash_get_byteLength").call(this);
	}
	get blockSize() {
		return native("xs_desk_flash_get_blockSize").call(this);
	}
}
