'use strict';
// A ballot at a time: cards, each with its place; the same by mouse, touch and keyboard.
const $ = id => document.getElementById(id);
let ballot = null;   // as the server gave it
let ranks = [];      // one an output, 0 best, null while open
let chosen = 0;      // the card that number keys rank
let bestOnly = false;
let busy = false;

const letter = i => String.fromCharCode(65 + i);
const ordinal = i => ['Best', '2nd', '3rd'][i] || (i + 1) + 'th';

function say(text, isError) {
  $('message').textContent = text;
  $('message').className = isError ? 'message error' : 'message';
}

async function ask(path, body) {
  const answer = await fetch(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body || {})});
  const json = await answer.json().catch(() => ({error: 'the arena gave no answer that can be read'}));
  if (!answer.ok) {
    const failure = new Error(json.error || json.title || 'the arena refused, status ' + answer.status);
    failure.status = answer.status;
    throw failure;
  }
  return json;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function media(output, i) {
  const source = '/api/ballots/' + ballot.token + '/outputs/' + i;
  switch (output.kind) {
    case 'image': return image(source, i);
    case 'audio': return orBroken(element('audio', {src: source, controls: true, preload: 'metadata', ariaLabel: 'Output ' + letter(i)}));
    case 'video': return orBroken(element('video', {
      src: source, controls: true, preload: 'metadata', playsInline: true, ariaLabel: 'Output ' + letter(i)}));
    default: return element('p', {className: 'text', textContent: output.text});
  }
}

function image(source, i) {
  const zoom = element('button', {type: 'button', className: 'zoom', ariaLabel: 'Enlarge output ' + letter(i)},
      element('img', {src: source, alt: 'Output ' + letter(i)}));
  zoom.addEventListener('click', () => {
    const large = $('large').querySelector('img');
    large.src = source;
    large.alt = 'Output ' + letter(i);
    $('large').showModal();
  });
  return orBroken(zoom, zoom.firstChild);
}

/** Says so where a browser cannot show a file. */
function orBroken(shown, loaded = shown) {
  loaded.addEventListener('error', () => shown.replaceWith(element('p', {
    className: 'broken', textContent: 'This browser cannot show the output; skip, or judge by the others.'})));
  return shown;
}

function card(output, i) {
  const places = element('div', {className: 'places'});
  const count = bestOnly ? 1 : ballot.outputs.length;
  for (let place = 0; place < count; place++) {
    const input = element('input', {
      type: 'radio', name: bestOnly ? 'best' : 'place-' + i, value: place,
      ariaLabel: bestOnly ? letter(i) + ' is best' : letter(i) + ' is ' + ordinal(place).toLowerCase()});
    input.addEventListener('change', () => rank(i, place));
    places.append(element('label', {}, input, element('span', {textContent: bestOnly ? 'Best' : ordinal(place)})));
  }
  const made = element('fieldset', {className: 'card', id: 'card-' + i},
      element('legend', {}, 'Output ' + letter(i), element('output', {id: 'place-of-' + i})),
      element('div', {className: 'shown'}, media(output, i)), places);
  made.addEventListener('click', () => choose(i));
  made.addEventListener('focusin', () => choose(i));
  return made;
}

function draw() {
  $('title').textContent = document.title = ballot.title;
  $('prompt').textContent = ballot.prompt;
  $('prompt').hidden = !ballot.prompt;
  $('way').hidden = ballot.mode !== 'both';
  $('rank-all').setAttribute('aria-pressed', String(!bestOnly));
  $('best-only').setAttribute('aria-pressed', String(bestOnly));
  $('ask').textContent = bestOnly ? 'Which is best?' : 'Give each its place. Equal places are ties.';
  $('cards').replaceChildren(...ballot.outputs.map(card));
  document.querySelector('.last-letter').textContent = letter(ballot.outputs.length - 1);
  document.querySelector('.last-number').textContent = ballot.outputs.length;
  document.querySelectorAll('.text').forEach(text => {
    if (text.scrollHeight > text.clientHeight) { text.tabIndex = 0; } // arrow keys scroll it
  });
  choose(0);
  update();
}

function choose(i) {
  chosen = i;
  document.querySelectorAll('.card').forEach((each, k) => each.classList.toggle('chosen', k === i));
}

function rank(i, place) {
  if (bestOnly) {
    ranks = ranks.map((old, k) => (k === i ? 0 : 1));
  } else {
    ranks[i] = place;
  }
  choose(i);
  update();
}

function update() {
  ranks.forEach((place, i) => {
    const inputs = document.querySelectorAll('#card-' + i + ' input');
    inputs.forEach((input, k) => { input.checked = bestOnly ? place === 0 && ranks.includes(1) : place === k; });
    $('place-of-' + i).textContent = place === null || bestOnly && place > 0 ? '' : ordinal(place);
  });
  const open = ranks.filter(place => place === null).length;
  $('submit').disabled = busy || open > 0;
  $('progress').textContent = bestOnly ? '' : ranks.length - open + ' of ' + ranks.length + ' placed';
}

function clear() {
  ranks = ballot.outputs.map(() => null);
}

async function next() {
  busy = true;
  try {
    ballot = await ask('/api/ballots');
    if (ballot.mode !== 'both') { bestOnly = ballot.mode === 'best'; }
    clear();
    busy = false;
    draw();
    window.scrollTo(0, 0);
  } catch (failure) {
    say(failure.message, true);
  } finally {
    busy = false;
  }
}

async function finish(path, body, done) {
  if (busy || !ballot) { return; }
  busy = true;
  $('submit').disabled = true;
  try {
    const answer = await ask('/api/ballots/' + ballot.token + path, body);
    await next();
    $('ask').focus({preventScroll: true}); // the button that was pressed is disabled now
    say(done(answer));
  } catch (failure) {
    busy = false;
    if ([404, 409, 410].includes(failure.status)) { await next(); }
    say(failure.message, true);
    update();
  }
}

function vote() {
  if (!ranks.includes(null)) {
    finish('/vote', {ranks}, answer => 'Counted. ' + answer.votes + ' votes so far.'
        + (answer.names ? ' You saw ' + answer.names.map((name, i) => letter(i) + ' ' + name).join(', ') + '.' : ''));
  }
}

function tie() {
  ranks = ranks.map(() => 0);
  update();
}

function otherWay() {
  if (ballot && ballot.mode === 'both') {
    bestOnly = !bestOnly;
    clear();
    draw();
  }
}

function help() {
  $('keys').hidden = !$('keys').hidden;
  $('help').setAttribute('aria-expanded', String(!$('keys').hidden));
}

$('ballot').addEventListener('submit', event => { event.preventDefault(); vote(); });
$('tie').addEventListener('click', tie);
$('skip').addEventListener('click', () => finish('/skip', {}, () => 'Skipped.'));
$('help').addEventListener('click', help);
$('rank-all').addEventListener('click', () => bestOnly && otherWay());
$('best-only').addEventListener('click', () => !bestOnly && otherWay());
$('large').addEventListener('click', () => $('large').close());
document.addEventListener('keydown', event => {
  if (!ballot || $('large').open || event.ctrlKey || event.metaKey || event.altKey) { return; }
  const key = event.key.toLowerCase();
  const size = ballot.outputs.length;
  const isCard = key.length === 1 && key >= 'a' && key.charCodeAt(0) - 97 < size;
  if (event.shiftKey && key === 'b') {
    otherWay();
  } else if (isCard) {
    const i = key.charCodeAt(0) - 97;
    if (bestOnly) { rank(i, 0); } else { choose(i); $('card-' + i).scrollIntoView({block: 'nearest'}); }
  } else if (!bestOnly && key >= '1' && key <= String(size)) {
    const at = chosen;
    rank(at, Number(key) - 1);
    const open = ranks.indexOf(null);
    if (open >= 0) { choose(ranks.indexOf(null, at) >= 0 ? ranks.indexOf(null, at) : open); }
  } else if (key === 't') {
    tie();
  } else if (key === 'n') {
    $('skip').click();
  } else if (key === '?') {
    help();
  } else if (key === 'enter' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'A') {
    event.preventDefault();
    vote();
  }
});
next();
