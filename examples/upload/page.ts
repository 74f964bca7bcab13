/** Sends a file and shows how much of it has left, which fetch() cannot tell. */
export const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Upload</title>
<h1>Upload</h1>
<p><label>File <input type="file" id="file"></label>
<p><progress id="progress" max="1" value="0"></progress> <output id="state" aria-live="polite">Choose a file</output>
<script>
const state = document.getElementById("state"), progress = document.getElementById("progress");
document.getElementById("file").onchange = ({ target }) => {
	const request = new XMLHttpRequest();
	request.upload.onprogress = ({ loaded, total }) => { progress.value = loaded / total; };
	request.onload = () => { state.value = request.responseText; };
	request.onerror = () => { state.value = "The connection was lost"; };
	request.open("PUT", "/files/" + encodeURIComponent(target.files[0].name));
	request.send(target.files[0]);
	state.value = "Sending";
};
</script>
</html>
`;
