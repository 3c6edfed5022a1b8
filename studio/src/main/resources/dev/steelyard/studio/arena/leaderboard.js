'use strict';
// Asks every two seconds while it is looked at, draws when something changed.
const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
const MODELS = {
  krank: 'K-Sort', 'bradley-terry': 'Bradley-Terry', elo: 'Elo', glicko2: 'Glicko-2'};
let version = -1;
let history = [];

function svg(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function cell(content, className) {
  const made = document.createElement('td');
  made.setAttribute('role', 'cell');
  made.className = className;
  made.append(content);
  return made;
}

const number = value => (value === null ? 'unknown' : value.toFixed(2));
const count = value => value.toLocaleString('en');
const percent = value => (value === null ? 'unknown' : Math.round(100 * value) + ' %');
const lower = row => (row.lower === null ? row.mean : row.lower);
const upper = row => (row.upper === null ? row.mean : row.upper);

/** Round numbers from at most low to at least high, a handful of them. */
function ticks(low, high) {
  const rough = (high - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const marks = [];
  for (let k = Math.floor(low / step); (k - 1) * step < high; k++) { marks.push(+(k * step).toPrecision(12)); }
  return marks;
}

function interval(row, marks, at) {
  const made = svg('svg', {class: 'interval', viewBox: '0 0 100 14', preserveAspectRatio: 'none', role: 'img'});
  const told = number(row.mean) + (row.lower === null ? '' : ', from ' + number(row.lower) + ' to ' + number(row.upper));
  made.append(svg('title', {}, told));
  marks.forEach(mark => made.append(svg('line', {class: 'tick', x1: at(mark), x2: at(mark), y1: -4, y2: 18})));
  made.append(svg('line', {class: 'range', x1: at(lower(row)), x2: at(upper(row)), y1: 7, y2: 7}));
  made.append(svg('line', {class: 'mean', x1: at(row.mean), x2: at(row.mean), y1: 1, y2: 13}));
  return made;
}

function rows(board) {
  const marks = ticks(Math.min(...board.map(lower)), Math.max(...board.map(upper)));
  const at = value => 3 + 94 * (value - marks[0]) / (marks.at(-1) - marks[0]);
  $('axis').replaceChildren(...marks.map(mark => {
    const label = document.createElement('span');
    label.textContent = mark;
    label.style.left = at(mark) + '%';
    return label;
  }));
  $('rows').replaceChildren(...board.map(row => {
    const line = document.createElement('tr');
    line.setAttribute('role', 'row');
    const item = document.createElement('th');
    item.setAttribute('role', 'rowheader');
    item.scope = 'row';
    item.textContent = row.item;
    line.append(cell(row.rank, 'rank'), item, cell(interval(row, marks, at), 'wide'), cell(number(row.score), 'number score'),
        cell(count(row.votes), 'number votes'));
    return line;
  }));
}

/** Drawn in the screen's own pixels, so that letters have one size on a phone and on a desk. */
function chart() {
  $('no-history').hidden = history.length > 0;
  $('chart').toggleAttribute('hidden', history.length === 0);
  if (history.length === 0) { return; }
  const width = $('chart').clientWidth;
  const height = $('chart').clientHeight;
  $('chart').setAttribute('viewBox', '0 0 ' + width + ' ' + height);
  const box = {left: 52, right: width - 10, top: 12, bottom: height - 28};
  const most = history.at(-1).votes;
  const x = votes => box.left + (box.right - box.left) * votes / most;
  const y = share => box.bottom - (box.bottom - box.top) * share;
  const drawn = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    drawn.push(svg('line', {class: 'grid', x1: box.left, x2: box.right, y1: y(share), y2: y(share)}));
    if (share * 2 % 1 === 0) {
      drawn.push(svg('text', {x: box.left - 8, y: y(share) + 5, 'text-anchor': 'end'}, percent(share)));
    }
  }
  drawn.push(svg('text', {x: box.left, y: height - 8}, '0'));
  drawn.push(svg('text', {x: box.right, y: height - 8, 'text-anchor': 'end'}, count(most) + (most === 1 ? ' vote' : ' votes')));
  for (const [name, of] of [['settled', 'settledNeighbours'], ['confidence', 'meanConfidence']]) {
    const points = history.filter(point => point[of] !== null).map(point => x(point.votes).toFixed(1) + ',' + y(point[of]).toFixed(1));
    drawn.push(svg('polyline', {class: name, points: points.join(' ')}));
  }
  $('chart').replaceChildren(...drawn);
}

function draw(standings) {
  $('title').textContent = standings.title;
  document.title = standings.title + ': leaderboard';
  const now = standings.convergence;
  $('votes').textContent = count(standings.votes);
  $('votes-name').textContent = standings.votes === 1 ? 'vote' : 'votes';
  $('voters').textContent = count(standings.voters);
  $('voters-name').textContent = standings.voters === 1 ? 'voter' : 'voters';
  $('settled').textContent = percent(now.settledNeighbours);
  $('model').textContent = MODELS[standings.model] || standings.model;
  const hasIntervals = standings.leaderboard.some(row => row.lower !== null);
  $('interval-name').textContent = hasIntervals ? 'Skill, 95\u00a0% interval' : 'Rating';
  $('explanation').textContent = !hasIntervals ? 'By the rating; this model gives no intervals.'
      : (standings.model === 'krank' ? 'By the score: the skill less three deviations, so that an item has to earn its place.'
          : 'By the skill.') + ' A place is settled when an item is above the next with 95\u00a0% probability.';
  rows(standings.leaderboard);
  history = standings.history;
  chart();
  $('confidence-now').textContent = percent(now.meanConfidence);
  $('settled-now').textContent = percent(now.settledNeighbours);
  $('chart').setAttribute('aria-label', 'Confidence in the order by votes: after ' + count(standings.votes) + ' votes a mean of '
      + percent(now.meanConfidence) + ', and ' + percent(now.settledNeighbours) + ' of neighbours settled');
}

async function poll() {
  try {
    if (!document.hidden) {
      const answer = await fetch('/api/leaderboard');
      const standings = await answer.json();
      if (!answer.ok) { throw new Error(standings.error || 'status ' + answer.status); }
      if (standings.version !== version) {
        version = standings.version;
        draw(standings);
      }
      $('message').textContent = '';
    }
  } catch (failure) {
    $('message').textContent = 'The arena does not answer (' + failure.message + '); asking again.';
    $('message').className = 'message error';
  }
  setTimeout(poll, 2000);
}
addEventListener('resize', chart);
poll();
