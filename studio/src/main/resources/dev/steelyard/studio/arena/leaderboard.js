'use strict';
// Asks every two seconds, draws when something changed.
const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
let version = -1;

function svg(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function cell(text, className) {
  const made = document.createElement('td');
  made.className = className || '';
  made.append(text);
  return made;
}

const number = value => (value === null ? '' : value.toFixed(2));
const percent = value => (value === null ? 'unknown' : Math.round(100 * value) + ' %');

function interval(row, low, high) {
  const at = value => 2 + 96 * (value - low) / (high - low || 1);
  const made = svg('svg', {class: 'interval', viewBox: '0 0 100 14', preserveAspectRatio: 'none', role: 'img'});
  const from = row.lower === null ? row.mean : row.lower;
  const to = row.upper === null ? row.mean : row.upper;
  made.append(svg('title', {}, row.lower === null ? number(row.mean) : number(row.mean) + ', ' + number(from) + ' to ' + number(to)));
  made.append(svg('line', {x1: at(from), x2: at(to), y1: 7, y2: 7}));
  made.append(svg('line', {class: 'mean', x1: at(row.mean), x2: at(row.mean), y1: 1, y2: 13}));
  return made;
}

function rows(board) {
  const low = Math.min(...board.map(row => row.lower === null ? row.mean : row.lower));
  const high = Math.max(...board.map(row => row.upper === null ? row.mean : row.upper));
  return board.map(row => {
    const line = document.createElement('tr');
    line.append(cell(row.rank), cell(row.item, 'name'), cell(number(row.score), 'number'),
        cell(interval(row, low, high), 'wide'), cell(row.votes, 'number'));
    return line;
  });
}

function chart(history) {
  const box = {left: 44, right: 630, top: 10, bottom: 172};
  const most = history.length ? history[history.length - 1].votes : 1;
  const x = votes => box.left + (box.right - box.left) * votes / most;
  const y = share => box.bottom - (box.bottom - box.top) * share;
  const drawn = [];
  for (const share of [0, 0.5, 1]) {
    drawn.push(svg('line', {class: 'grid', x1: box.left, x2: box.right, y1: y(share), y2: y(share)}));
    drawn.push(svg('text', {x: box.left - 6, y: y(share) + 4, 'text-anchor': 'end'}, percent(share)));
  }
  drawn.push(svg('text', {x: box.left, y: 192}, '0'));
  drawn.push(svg('text', {x: box.right, y: 192, 'text-anchor': 'end'}, most + ' votes'));
  for (const [name, of] of [['confidence', 'meanConfidence'], ['settled', 'settledNeighbours']]) {
    const points = history.filter(point => point[of] !== null).map(point => x(point.votes).toFixed(1) + ',' + y(point[of]).toFixed(1));
    drawn.push(svg('polyline', {class: name, points: points.join(' ')}));
  }
  $('chart').replaceChildren(...drawn);
}

function draw(standings) {
  $('title').textContent = standings.title;
  document.title = standings.title + ': leaderboard';
  const settled = standings.convergence.settledNeighbours;
  $('summary').textContent = standings.votes + ' votes by ' + standings.voters + (standings.voters === 1 ? ' voter' : ' voters') + ', rated by ' + standings.model
      + '. Of neighbours in the order, ' + percent(settled) + ' are settled (right with 95 % probability).';
  $('rows').replaceChildren(...rows(standings.leaderboard));
  chart(standings.history);
}

async function poll() {
  try {
    const answer = await fetch('/api/leaderboard');
    const standings = await answer.json();
    if (!answer.ok) { throw new Error(standings.error || standings.title); }
    if (standings.version !== version) {
      version = standings.version;
      draw(standings);
    }
    $('message').textContent = '';
  } catch (failure) {
    $('message').textContent = 'The arena does not answer (' + failure.message + '); asking again.';
    $('message').className = 'message error';
  }
  setTimeout(poll, 2000);
}
poll();
