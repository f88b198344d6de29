// Draws a grid on the map and lets its corners be dragged, added and taken out. The corners live in the fields of the form:
// whatever is done here is done to them, so the form says the same with and without this script.
const form = document.querySelector('#corners');
const drawing = document.querySelector('#drawing');
const zh = document.documentElement.lang.startsWith('zh');
const say = (chinese, english) => (zh ? chinese : english);
const STEP_DEGREES = 0.00001;
const SNAP_PIXELS = 10;
const DECIMALS = 7;

if (form && drawing && form.querySelector('tr.corner')) start().catch(() => {});

async function start() {
  const { Map: GroundMap, Marker, NavigationControl, setWorkerUrl } = await import('/map-library/maplibre-gl.mjs');
  setWorkerUrl('/map-library/maplibre-gl-worker.mjs');
  const link = { rel: 'stylesheet', href: '/map-library/maplibre-gl.css' };
  const styles = Object.assign(document.createElement('link'), link);
  // Without its styles the map lies in the page as wide as it likes to be, wider than a phone.
  const styled = new Promise((resolve) => Object.assign(styles, { onload: resolve, onerror: resolve }));
  document.head.append(styles);
  const ground = await (await fetch(form.dataset.ground)).json();
  await styled;
  const holder = Object.assign(document.createElement('div'), { style: 'height:28rem;max-height:70vh' });
  const map = new GroundMap({
    container: holder,
    style: styleOf(ground),
    bounds: boxOf(corners()),
    fitBoundsOptions: { padding: 40 },
    attributionControl: { compact: false, customAttribution: ground.attribution ?? '' },
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  // Only when the device can draw it does the map take the place of the drawing.
  drawing.querySelector('svg').replaceWith(holder);
  map.resize();
  const editor = makeEditor(map, Marker, ground);
  map.on('load', () => editor.draw());
}

function makeEditor(map, Marker, ground) {
  const past = [];
  let markers = [];
  const targets = ground.neighbours.features.flatMap(({ geometry }) =>
    (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).flat(),
  );
  const undo = button(say('撤销', 'Undo'), () => {
    if (past.length === 0) return;
    write(past.pop());
    draw();
  });
  const status = Object.assign(document.createElement('p'), { className: 'small soft' });
  status.setAttribute('role', 'status');
  drawing.after(undo, status);
  undo.disabled = true;
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      undo.click();
    }
  });
  form.addEventListener('change', () => draw());

  function change(next, what) {
    past.push(corners());
    write(next);
    status.textContent = what;
    draw();
  }

  /** A neighbour's corner within reach of the finger is meant. */
  function snapped({ lng, lat }) {
    const here = map.project([lng, lat]);
    const near = targets
      .map((point) => [point, map.project(point)])
      .map(([point, at]) => [point, Math.hypot(at.x - here.x, at.y - here.y)])
      .sort((a, b) => a[1] - b[1])[0];
    return near && near[1] <= SNAP_PIXELS ? near[0] : [lng, lat];
  }

  function corner(one, i, all) {
    const element = button(String(i + 1), () => {});
    element.className = 'grid-corner';
    element.setAttribute(
      'aria-label',
      say(`角${i + 1}：方向键移动，Delete去掉`, `Corner ${i + 1}: arrows move it, Delete takes it out`),
    );
    element.addEventListener('keydown', (event) => {
      const move = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
      const isOut = (event.key === 'Delete' || event.key === 'Backspace') && all.length > 3;
      if (!move && !isOut) return;
      event.preventDefault();
      event.stopPropagation();
      if (isOut) change(all.toSpliced(i, 1), say(`去掉了角${i + 1}`, `Corner ${i + 1} is out`));
      else
        change(
          all.with(i, {
            ...one,
            longitude: one.longitude + move[0] * STEP_DEGREES,
            latitude: one.latitude + move[1] * STEP_DEGREES,
          }),
          say(`移动了角${i + 1}`, `Corner ${i + 1} moved`),
        );
      document.querySelectorAll('.grid-corner')[Math.min(i, corners().length - 1)]?.focus();
    });
    const marker = new Marker({ element, draggable: true }).setLngLat([one.longitude, one.latitude]).addTo(map);
    marker.on('dragend', () => {
      const [longitude, latitude] = snapped(marker.getLngLat());
      change(all.with(i, { ...one, longitude, latitude }), say(`移动了角${i + 1}`, `Corner ${i + 1} moved`));
    });
    return marker;
  }

  function between(one, i, all) {
    const next = all[(i + 1) % all.length];
    const [longitude, latitude] = [(one.longitude + next.longitude) / 2, (one.latitude + next.latitude) / 2];
    const element = button('+', () =>
      change(
        all.toSpliced(i + 1, 0, { was: '', longitude, latitude }),
        say(`在角${i + 1}后面加了一个`, `A corner after ${i + 1}`),
      ),
    );
    element.className = 'grid-between';
    element.setAttribute('aria-label', say(`在角${i + 1}后面加一个角`, `Add a corner after ${i + 1}`));
    return new Marker({ element }).setLngLat([longitude, latitude]).addTo(map);
  }

  function draw() {
    for (const marker of markers) marker.remove();
    const all = corners();
    markers = [...all.map(corner), ...all.map(between)];
    const ring = all.map(({ longitude, latitude }) => [longitude, latitude]);
    map
      .getSource('grid')
      ?.setData({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] } });
    undo.disabled = past.length === 0;
  }
  return { draw };
}

function button(text, press) {
  const element = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button',
    textContent: text,
  });
  element.addEventListener('click', press);
  return element;
}

function corners() {
  return [...form.querySelectorAll('tr.corner')]
    .filter((row) => !row.querySelector('[type=checkbox]').checked)
    .map((row) => {
      const [was, latitude, longitude] = row.querySelectorAll('input');
      return { was: was.value, latitude: Number(latitude.value), longitude: Number(longitude.value) };
    });
}

/** Writes corners back into the rows of the form, with names and labels that count from the first. */
function write(all) {
  const rows = [...form.querySelectorAll('tr.corner')];
  for (const row of rows.splice(all.length)) row.remove();
  while (rows.length < all.length) {
    const row = rows[0].cloneNode(true);
    rows[rows.length - 1].after(row);
    rows.push(row);
  }
  all.forEach((one, i) => {
    const [was, latitude, longitude, out] = rows[i].querySelectorAll('input');
    rows[i].querySelector('th').firstChild.nodeValue = String(i + 1);
    was.value = one.was;
    latitude.value = String(Number(one.latitude.toFixed(DECIMALS)));
    longitude.value = String(Number(one.longitude.toFixed(DECIMALS)));
    out.checked = false;
    for (const [input, name] of [
      [was, 'was'],
      [latitude, 'latitude'],
      [longitude, 'longitude'],
      [out, 'remove'],
    ]) {
      input.name = `${name}_${i}`;
      input.setAttribute('aria-label', (input.getAttribute('aria-label') ?? '').replace(/\d+/, String(i + 1)));
    }
  });
}

function boxOf(all) {
  const [x, y] = [all.map((one) => one.longitude), all.map((one) => one.latitude)];
  return [
    [Math.min(...x), Math.min(...y)],
    [Math.max(...x), Math.max(...y)],
  ];
}

function styleOf({ layers, buildings, neighbours }) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const data = (value) => ({ type: 'geojson', data: value });
  const empty = { type: 'FeatureCollection', features: [] };
  const line = (id, source, width, name, more = {}) => ({
    id,
    type: 'line',
    source,
    paint: { 'line-color': colour(name), 'line-width': width, ...more },
  });
  const fill = (id, source, name, opacity) => ({
    id,
    type: 'fill',
    source,
    paint: { 'fill-color': name.startsWith('--') ? colour(name) : name, 'fill-opacity': opacity },
  });
  const ground = {
    water: (id) => fill(id, id, '#9ec3d8', 0.7),
    green: (id) => fill(id, id, '#cfdcb4', 0.7),
    path: (id) => line(id, id, 1, '--line', { 'line-dasharray': [3, 2] }),
    lane: (id) => line(id, id, 1.5, '--line'),
    street: (id) => line(id, id, 3, '--line'),
    main: (id) => line(id, id, 5, '--line'),
  };
  const shown = Object.keys(ground).filter((layer) => layers[layer]);
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(shown.map((layer) => [layer, data(layers[layer])])),
      buildings: data(buildings),
      neighbours: data(neighbours),
      grid: data(empty),
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': colour('--wash') } },
      ...shown.map((layer) => ground[layer](layer)),
      { ...fill('houses', 'buildings', '--soft', 0.45), filter: ['!=', ['geometry-type'], 'Point'] },
      {
        id: 'house-points',
        type: 'circle',
        source: 'buildings',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: { 'circle-radius': 4, 'circle-color': colour('--soft') },
      },
      line('neighbours', 'neighbours', 2, '--soft', { 'line-dasharray': [4, 3] }),
      fill('grid-fill', 'grid', '--indigo', 0.15),
      line('grid-line', 'grid', 3, '--indigo'),
    ],
  };
}
