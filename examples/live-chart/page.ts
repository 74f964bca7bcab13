/** An EventSource connects again by itself, and says which event it saw last. */
export const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Live chart</title>
<style>svg { width: 100%; height: 12em; border: 1px solid } polyline { fill: none; stroke: currentColor; vector-effect: non-scaling-stroke }</style>
<h1>Live chart</h1>
<p>Now: <output id="now">?</output>
<svg viewBox="0 0 59 100" preserveAspectRatio="none" role="img" aria-label="The last 60 values"><polyline/></svg>
<script>
const values = [], line = document.querySelector("polyline"), now = document.getElementById("now");
const source = new EventSource("/values");
source.onmessage = ({ data }) => {
	values.push(Number(data));
	if (values.length > 60) values.shift();
	now.value = data;
	line.setAttribute("points", values.map((value, x) => x + "," + (100 - value)).join(" "));
};
source.onerror = () => { now.value = "connecting again"; };
</script>
</html>
`;
