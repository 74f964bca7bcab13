function down() {
	return 1 + down();
}

down();
