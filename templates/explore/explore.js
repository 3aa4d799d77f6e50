// The explore pages: a chart and a table over the same rows. The rows come as
// columns from data/*.js, what the page shows from the JSON block "page". It runs
// from a file share: no module, no request, nothing kept in the browser. Words
// reach the page as text only, never as HTML.
(function () {
  'use strict';

  var page = JSON.parse(document.getElementById('page').textContent);
  var rows = join(self.proofpackRows || []);
  var show = { sort: page.sort, down: page.down, first: 0, words: '', kind: '' };
  var listed = [];
  var chart = null;

  // join puts the chunks' columns together and makes a row of each index.
  function join(chunks) {
    var all = [];
    chunks.forEach(function (columns) {
      var keys = Object.keys(columns);
      var n = keys.length ? columns[keys[0]].length : 0;
      for (var i = 0; i < n; i++) {
        var row = {};
        for (var k = 0; k < keys.length; k++) row[keys[k]] = columns[keys[k]][i];
        all.push(row);
      }
    });
    return all;
  }

  // worst is an amount to sort by. One that nobody knows is worse than any other.
  function worst(v) { return v === null ? Infinity : v; }

  function compare(x, y) { return x === y ? 0 : x < y ? -1 : 1; }

  // costlier is the order of the ranking: by the high bound, then the likely one.
  function costlier(a, b) {
    return compare(worst(b.high), worst(a.high)) || compare(worst(b.likely), worst(a.likely)) || a.order - b.order;
  }

  // list filters and sorts.
  function list() {
    var words = show.words.toLowerCase().split(/\s+/).filter(Boolean);
    listed = rows.filter(function (row) {
      if (show.kind && row.kind !== show.kind) return false;
      var text = page.columns.map(function (c) { return shown(row, c); }).join(' ').toLowerCase();
      return words.every(function (w) { return text.indexOf(w) >= 0; });
    });
    var column = page.columns.filter(function (c) { return c.key === show.sort; })[0];
    listed.sort(function (a, b) {
      var x = a[column.key], y = b[column.key];
      var order = column.num ? compare(worst(x), worst(y)) : compare(x, y);
      return (show.down ? -order : order) || costlier(a, b);
    });
  }

  // shown is a cell as printed: numbers have their words beside them.
  function shown(row, column) {
    var text = column.text ? row[column.text] : row[column.key];
    return String(text);
  }

  function drawTable() {
    var body = document.getElementById('rows');
    var part = listed.slice(show.first, show.first + page.size);
    body.textContent = '';
    part.forEach(function (row) {
      var tr = document.createElement('tr');
      page.columns.forEach(function (column) {
        var cell = document.createElement(column.head ? 'th' : 'td');
        if (column.head) cell.scope = 'row';
        if (column.num) cell.className = 'n';
        var words = document.createTextNode(shown(row, column));
        if (column.head && row.href) {
          var a = document.createElement('a');
          a.href = '../' + row.href;
          a.appendChild(words);
          cell.appendChild(a);
        } else {
          cell.appendChild(words);
        }
        tr.appendChild(cell);
      });
      body.appendChild(tr);
    });
    var last = show.first + part.length;
    document.getElementById('status').textContent = listed.length === 0
      ? 'No row holds all of these words.'
      : (show.first + 1) + ' to ' + last + ' of ' + listed.length + (listed.length < rows.length ? ' found, ' + rows.length + ' in all' : '');
    document.getElementById('back').disabled = show.first === 0;
    document.getElementById('on').disabled = last >= listed.length;
    Array.prototype.forEach.call(document.querySelectorAll('th[data-key]'), function (th) {
      if (th.getAttribute('data-key') === show.sort) th.setAttribute('aria-sort', show.down ? 'descending' : 'ascending');
      else th.removeAttribute('aria-sort');
    });
  }

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  // drawChart shows the costliest of the listed rows in the colours of the page.
  function drawChart() {
    var place = document.getElementById('chart');
    if (!place || !self.echarts) return;
    var top = listed.slice().sort(costlier).slice(0, page.bars);
    var option = JSON.parse(JSON.stringify(page.option));
    var ink = token('ink'), quiet = token('ink-2'), grid = token('grid');
    var colours = [token('measured'), token('inside'), token('beyond')];
    option.textStyle = { fontFamily: token('sans'), color: ink };
    option.color = colours;
    option.animation = false;
    option.tooltip.renderMode = 'richText';
    option.tooltip.backgroundColor = token('surface');
    option.tooltip.borderColor = token('rule-strong');
    option.tooltip.textStyle = { color: ink, fontSize: 13 };
    option.tooltip.formatter = function (parts) {
      var row = top[parts[0].dataIndex];
      return [row.name, 'low ' + row.lowText, 'likely ' + row.likelyText, 'high ' + row.highText].join('\n');
    };
    option.legend.textStyle = { color: quiet };
    if (place.clientWidth < 600) option.grid[0].top = 64; // the legend takes two lines
    option.xAxis[0].axisLabel = { color: quiet };
    option.xAxis[0].splitLine = { lineStyle: { color: grid } };
    option.yAxis[0].data = top.map(function (r) { return r.name; });
    option.yAxis[0].axisLabel = { color: ink, width: place.clientWidth < 600 ? 110 : 220, overflow: 'truncate' };
    option.yAxis[0].axisLine = { lineStyle: { color: token('rule-strong') } };
    option.series[0].data = top.map(function (r) { return r.low; });
    option.series[1].data = top.map(function (r) { return r.likely === null ? null : r.likely - r.low; });
    option.series[2].data = top.map(function (r) { return r.high === null || r.likely === null ? null : r.high - r.likely; });
    option.series[2].label = { show: true, position: 'right', color: ink, formatter: function (p) { return top[p.dataIndex].highText; } };
    top.forEach(function (r, i) {
      if (r.high !== null) return;
      // No bound: no bar can say it, so words stand where it would end.
      option.series[2].data[i] = { value: 0, label: { show: true, position: 'right', color: token('failed'), formatter: r.highText } };
    });
    if (!chart) {
      chart = echarts.init(place, null, { renderer: 'svg' });
      chart.on('click', function (p) {
        var row = chart.rows[p.dataIndex];
        if (row && row.href) location.href = '../' + row.href;
      });
    }
    chart.rows = top;
    chart.setOption(option, true);
    chart.resize();
  }

  function draw() {
    list();
    drawTable();
    drawChart();
  }

  function from(first) {
    show.first = Math.max(0, first);
    drawTable();
  }

  document.getElementById('tools').addEventListener('submit', function (e) { e.preventDefault(); });
  document.getElementById('tools').addEventListener('reset', function () {
    show.words = ''; show.kind = ''; show.sort = page.sort; show.down = page.down; show.first = 0;
    draw();
  });
  document.getElementById('filter').addEventListener('input', function (e) { show.words = e.target.value; show.first = 0; draw(); });
  document.getElementById('kind').addEventListener('change', function (e) { show.kind = e.target.value; show.first = 0; draw(); });
  document.getElementById('back').addEventListener('click', function () { from(show.first - page.size); });
  document.getElementById('on').addEventListener('click', function () { from(show.first + page.size); });
  Array.prototype.forEach.call(document.querySelectorAll('th[data-key] button'), function (b) {
    b.addEventListener('click', function () {
      var key = b.parentNode.getAttribute('data-key');
      show.down = show.sort === key && !show.down;
      show.sort = key; show.first = 0;
      list(); drawTable();
    });
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawChart);
  self.addEventListener('resize', drawChart);

  document.getElementById('explore').hidden = false;
  draw();
})();
