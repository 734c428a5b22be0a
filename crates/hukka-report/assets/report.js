(function () {
  "use strict";
  var D = JSON.parse(document.getElementById("data").textContent);
  var INK = "#1c2126", GREY = "#5d6771", RULE = "#dfe3e7", FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";
  function $(id) { return document.getElementById(id); }
  function bytes(text) {
    var raw = atob(text), out = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }
  function unpack(p) {
    var b = bytes(p.codes), out = new Float64Array(b.length / 2);
    for (var i = 0; i < out.length; i++) out[i] = p.min + p.step * (b[2 * i] + 256 * b[2 * i + 1]);
    return out;
  }
  function most(values) { var m = -Infinity; for (var i = 0; i < values.length; i++) if (values[i] > m) m = values[i]; return m; }
  function least(values) { var m = Infinity; for (var i = 0; i < values.length; i++) if (values[i] < m) m = values[i]; return m; }
  function minus(text) { return text.replace("-", "\u2212"); }
  function show(value, decimals) { return minus(value.toFixed(decimals)); }
  function rgb(hex) { return [1, 3, 5].map(function (i) { return parseInt(hex.substr(i, 2), 16); }); }
  function ramp(colours) {
    var table = colours.map(rgb), last = table.length - 1;
    return function (share) {
      var x = Math.max(0, Math.min(1, share)) * last, i = Math.min(last - 1, Math.floor(x)), t = x - i;
      return [0, 1, 2].map(function (c) { return table[i][c] + (table[i + 1][c] - table[i][c]) * t; });
    };
  }
  function paintRamp(canvas, colour) {
    var g = canvas.getContext("2d");
    for (var x = 0; x < canvas.width; x++) {
      g.fillStyle = "rgb(" + colour(x / (canvas.width - 1)).map(Math.round).join(",") + ")";
      g.fillRect(x, 0, 1, canvas.height);
    }
  }
  var printing = false;
  function sharp(canvas, height) {
    var width = printing ? 920 : canvas.clientWidth || 920, r = Math.max(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(width * r); canvas.height = Math.round(height * r);
    var g = canvas.getContext("2d");
    g.setTransform(r, 0, 0, r, 0, 0); g.clearRect(0, 0, width, height);
    g.font = "12px " + FONT; g.textBaseline = "middle";
    return { g: g, width: width, height: height };
  }
  function ticks(low, high, about) {
    var raw = (high - low) / about || 1, p = Math.pow(10, Math.floor(Math.log10(raw))), f = raw / p, step = (f < 1.5 ? 1 : f < 3.5 ? 2 : f < 7.5 ? 5 : 10) * p, out = [];
    for (var k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) out.push(k * step);
    return { values: out, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
  }

  var hours = bytes(D.hours), count = hours.length;
  var layers = D.layers.map(function (l) { return { name: l.name, colour: l.colour, pump: l.pump, unit: l.unit, values: unpack(l.values) }; });
  var fed = unpack(D.fed), charge = unpack(D.charge), price = unpack(D.price), rejected = unpack(D.rejected), outdoor = unpack(D.outdoor);
  var level = D.level ? unpack(D.level) : null;
  var days = D.days, dayOf = new Uint16Array(count);
  days.forEach(function (d, i) { var end = i + 1 < days.length ? days[i + 1][0] : count; for (var s = d[0]; s < end; s++) dayOf[s] = i; });
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function stamp(step) { return days[dayOf[step]][1] + " " + two(hours[step]) + ":00"; }

  /* ---- map ---- */
  (function () {
    var M = D.map, svg = $("map");
    if (!M || !svg) return;
    var pipes = svg.querySelectorAll("#pipes path"), hourSelect = $("map-hour"), sideSelect = $("map-side"), text = $("map-text");
    var at = M.first, side = 0, scaleSelect = $("map-scale");
    hourSelect.value = String(at);
    function colour() {
      var scale = M.scales[scaleSelect.value === "all" ? M.scales.length - 1 : at][side], n = scale.colours.length, values = M.snapshots[at] && M.snapshots[at][side];
      if (!values) return;
      for (var i = 0; i < pipes.length; i++) {
        var k = Math.floor((values[i] / 10 - scale.min) / (scale.max - scale.min) * n);
        pipes[i].setAttribute("stroke", scale.colours[Math.max(0, Math.min(n - 1, k))]);
      }
      $("ramp-min").textContent = show(scale.min, 0) + " °C";
      $("ramp-max").textContent = show(scale.max, 0) + " °C";
      $("map-shown").textContent = (side ? "Return" : "Supply") + " water, " + hourSelect.options[at].textContent;
      paintRamp($("ramp"), ramp(scale.colours));
    }
    hourSelect.addEventListener("change", function () { at = +hourSelect.value; colour(); });
    sideSelect.addEventListener("change", function () { side = +sideSelect.value; colour(); });
    scaleSelect.addEventListener("change", colour);
    colour();

    var hot = null, all = Array.prototype.slice.call(pipes);
    svg.addEventListener("pointerover", function (event) {
      var i = all.indexOf(event.target);
      if (hot) { hot.classList.remove("hot"); hot = null; }
      if (i < 0) return;
      hot = event.target; hot.classList.add("hot");
      var t = M.trenches[i], values = M.snapshots[at];
      var line = "DN " + t[0] + ", " + t[1] + " m, sized for " + (t[2] >= 1000 ? show(t[2] / 1000, 1) + " MW, " : t[2] + " kW, ") + t[6] + (t[6] === 1 ? " consumer" : " consumers") + " behind it; fastest " + show(t[3] / 100, 2) + " m/s, steepest " + t[4] + " Pa/m; loses " + show(t[5] / 10, 1) + " MWh a year";
      if (values) line = "Supply " + show(values[0][i] / 10, 1) + " °C, return " + show(values[1][i] / 10, 1) + " °C; " + line;
      text.textContent = line + ".";
    });

    var home = svg.getAttribute("viewBox").split(" ").map(Number), view = home.slice();
    var markers = svg.querySelectorAll(".marker"), overlay = $("overlay"), bar = $("bar"), barText = $("bar-text");
    function draw() {
      svg.setAttribute("viewBox", view.join(" "));
      var k = view[2] / 920;
      markers.forEach(function (m) { m.setAttribute("transform", "translate(" + m.dataset.x + " " + m.dataset.y + ") scale(" + k + ")"); });
      overlay.setAttribute("transform", "translate(" + view[0] + " " + view[1] + ") scale(" + k + ")");
      var steps = ticks(0, view[2] / 4, 2).values, metres = steps[steps.length - 1], length = metres / k, y = 920 * view[3] / view[2] - 16;
      bar.setAttribute("d", "M18 " + (y - 5) + "v5h" + length + "v-5");
      barText.setAttribute("x", 18 + length + 7);
      barText.textContent = metres >= 1000 ? metres / 1000 + " km" : metres + " m";
    }
    function zoom(factor, cx, cy) {
      var width = Math.max(home[2] / 40, Math.min(home[2] * 3, view[2] * factor)), f = width / view[2];
      view = [cx - (cx - view[0]) * f, cy - (cy - view[1]) * f, width, view[3] * f];
      draw();
    }
    function middle(f) { zoom(f, view[0] + view[2] / 2, view[1] + view[3] / 2); }
    $("map-in").addEventListener("click", function () { middle(1 / 1.6); });
    $("map-out").addEventListener("click", function () { middle(1.6); });
    $("map-reset").addEventListener("click", function () { view = home.slice(); draw(); });
    svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      event.preventDefault();
      var box = svg.getBoundingClientRect();
      zoom(event.deltaY > 0 || event.deltaX > 0 ? 1.15 : 1 / 1.15, view[0] + (event.clientX - box.left) / box.width * view[2], view[1] + (event.clientY - box.top) / box.height * view[3]);
    }, { passive: false });
    var drag = null;
    svg.addEventListener("pointerdown", function (event) { drag = [event.clientX, event.clientY, view[0], view[1]]; });
    window.addEventListener("pointermove", function (event) {
      if (!drag) return;
      var k = view[2] / svg.getBoundingClientRect().width;
      view[0] = drag[2] - (event.clientX - drag[0]) * k; view[1] = drag[3] - (event.clientY - drag[1]) * k;
      draw();
    });
    window.addEventListener("pointerup", function () { drag = null; });
    window.addEventListener("beforeprint", function () { view = home.slice(); draw(); });
  })();

  /* ---- carpet ---- */
  var LEFT = 56, RIGHT = 16;
  var TEAL = ramp(D.ramps.teal);
  var HEAT = ramp(D.ramps.heat);
  var GOLD = ramp(D.ramps.gold);
  var COLD = ramp(["#0a2152", "#2c6aa6", "#8fc1de", "#f4f1ea", "#e7a27c", "#b3263a", "#660718"]);
  var carpet = $("carpet"), mode = $("carpet-mode"), carpetText = $("carpet-text"), top0 = 8, foot = 24, tall = 250;
  function made(step, pumps) { var sum = 0; layers.forEach(function (l) { if (l.unit && (l.pump || !pumps)) sum += l.values[step]; }); return sum; }
  function range(values) { var t = ticks(least(values), most(values), 4); return [least(values), most(values), t]; }
  function drawCarpet() {
    var c = sharp(carpet, tall), g = c.g, width = c.width - LEFT - RIGHT, height = c.height - top0 - foot;
    var image = document.createElement("canvas");
    image.width = days.length; image.height = 24;
    var p = image.getContext("2d").createImageData(days.length, 24), colour, low = "", high = "", scale = null, keys = [], m = mode.value;
    function linear(values, table, unit, decimals, zero) {
      var a = zero ? 0 : least(values), b = most(values);
      if (!(b > a)) b = a + 1;
      scale = table; low = show(a, decimals) + " " + unit; high = show(b, decimals) + " " + unit;
      return function (s) { return table((values[s] - a) / (b - a)); };
    }
    if (m === "share") {
      scale = TEAL; low = "0 %"; high = "100 %";
      colour = function (s) { var all = made(s, false); return all > 1e-9 ? TEAL(made(s, true) / all) : [255, 255, 255]; };
    } else if (m === "dominant") {
      var table = layers.map(function (l) { return rgb(l.colour); });
      keys = layers;
      colour = function (s) { var best = -1, value = 1e-9; layers.forEach(function (l, i) { if (l.values[s] > value) { value = l.values[s]; best = i; } }); return best < 0 ? [255, 255, 255] : table[best]; };
    } else if (m === "fed") colour = linear(fed, HEAT, "MW", 1, true);
    else if (m === "rejected") colour = linear(rejected, HEAT, "MW", 1, true);
    else if (m === "price") colour = linear(price, GOLD, "€/MWh", 0, false);
    else {
      var reach = Math.max(Math.abs(least(outdoor)), Math.abs(most(outdoor)), 1);
      scale = COLD; low = show(-reach, 0) + " °C"; high = show(reach, 0) + " °C";
      colour = function (s) { return COLD((outdoor[s] + reach) / (2 * reach)); };
    }
    for (var i = 0; i < p.data.length; i++) p.data[i] = 255;
    for (var s = 0; s < count; s++) {
      var at = 4 * (hours[s] * days.length + dayOf[s]), v = colour(s);
      p.data[at] = v[0]; p.data[at + 1] = v[1]; p.data[at + 2] = v[2];
    }
    image.getContext("2d").putImageData(p, 0, 0);
    g.imageSmoothingEnabled = false;
    g.drawImage(image, LEFT, top0, width, height);
    g.strokeStyle = GREY; g.lineWidth = 1; g.strokeRect(LEFT - 0.5, top0 - 0.5, width + 1, height + 1);
    g.fillStyle = GREY; g.textAlign = "right";
    [0, 6, 12, 18, 24].forEach(function (h) { g.fillText(two(h) + ":00", LEFT - 7, top0 + height * h / 24); });
    months(function (x0, x1, name) {
      g.fillStyle = GREY; g.textAlign = "center";
      g.fillText(name, LEFT + (x0 + x1) / 2 * width, top0 + height + 13);
      if (x0 > 0) g.fillRect(LEFT + x0 * width, top0 + height, 1, 4);
    });
    $("carpet-min").textContent = low; $("carpet-max").textContent = high;
    $("carpet-shown").textContent = mode.options[mode.selectedIndex].textContent;
    $("carpet-min").parentNode.hidden = !scale;
    if (scale) paintRamp($("carpet-ramp"), scale);
    var list = $("carpet-keys");
    list.textContent = "";
    keys.forEach(function (l) {
      var li = document.createElement("li"), box = document.createElement("span");
      box.className = "swatch"; box.style.background = l.colour;
      li.appendChild(box); li.appendChild(document.createTextNode(l.name)); list.appendChild(li);
    });
  }
  function months(each) {
    var starts = [];
    days.forEach(function (d, i) { if (i === 0 || d[2] === 1) starts.push(i); });
    starts.forEach(function (d, i) { var end = i + 1 < starts.length ? starts[i + 1] : days.length; if (end - d > 5) each(d / days.length, end / days.length, days[d][3]); });
  }
  function stepAt(event) {
    var box = carpet.getBoundingClientRect(), d = Math.floor((event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT) * days.length), h = Math.floor((event.clientY - box.top - top0) / (tall - top0 - foot) * 24);
    if (d < 0 || d >= days.length || h < 0 || h > 23) return -1;
    var end = d + 1 < days.length ? days[d + 1][0] : count;
    for (var s = days[d][0]; s < end; s++) if (hours[s] === h) return s;
    return -1;
  }
  carpet.addEventListener("pointermove", function (event) {
    var s = stepAt(event);
    if (s < 0) return;
    carpetText.textContent = stamp(s) + ": " + layers.map(function (l) { return l.name + " " + show(l.values[s], 2) + " MW"; }).join(", ") + "; fed " + show(fed[s], 2) + " MW; outdoor " + show(outdoor[s], 1) + " °C; electricity " + show(price[s], 1) + " €/MWh.";
  });
  carpet.addEventListener("click", function (event) { var s = stepAt(event); if (s >= 0) { slider.value = Math.floor(dayOf[s] / 7); drawWeek(); } });
  mode.addEventListener("change", drawCarpet);

  /* ---- week ---- */
  var slider = $("week-slider"), week = $("week");
  var peak = 0;
  for (var s0 = 0; s0 < count; s0++) peak = Math.max(peak, fed[s0] + charge[s0]);
  peak = peak || 1;
  slider.value = Math.floor(dayOf[(function () { var b = 0; for (var s = 1; s < count; s++) if (outdoor[s] < outdoor[b]) b = s; return b; })()] / 7);
  function drawWeek() {
    var first = 7 * slider.value, lastDay = Math.min(days.length, first + 7), from = days[first][0], to = lastDay < days.length ? days[lastDay][0] : count, n = to - from;
    var c = sharp(week, 330), g = c.g, width = c.width - LEFT - 46, top1 = 22, high = 190, top2 = 246, low = 54;
    $("week-name").textContent = days[first][1] + " to " + days[lastDay - 1][1];
    function x(i) { return LEFT + i / Math.max(n, 168) * width; }
    function axis(t0, h, max, min, side, label, about) {
      var t = ticks(min, max, about);
      g.fillStyle = GREY; g.textAlign = side < 0 ? "right" : "left";
      t.values.forEach(function (v) {
        var y = t0 + h - (v - min) / (max - min) * h;
        if (side < 0) { g.fillStyle = RULE; g.fillRect(LEFT, y, width, 1); }
        g.fillStyle = GREY; g.fillText(show(v, t.decimals), side < 0 ? LEFT - 7 : LEFT + width + 7, y);
      });
      g.textAlign = side < 0 ? "left" : "right";
      g.fillText(label, side < 0 ? 2 : c.width - 2, t0 - 12);
      return function (v) { return t0 + h - (v - min) / (max - min) * h; };
    }
    var y = axis(top1, high, peak * 1.02, 0, -1, "heat, MW", 5), base = new Float64Array(n);
    layers.forEach(function (l) {
      g.fillStyle = l.colour; g.beginPath();
      var i;
      g.moveTo(x(0), y(base[0]));
      for (i = 0; i < n; i++) { g.lineTo(x(i), y(base[i] + l.values[from + i])); g.lineTo(x(i + 1), y(base[i] + l.values[from + i])); }
      for (i = n - 1; i >= 0; i--) { g.lineTo(x(i + 1), y(base[i])); g.lineTo(x(i), y(base[i])); }
      g.closePath(); g.fill();
      for (i = 0; i < n; i++) base[i] += l.values[from + i];
    });
    function stairs(values, yy, colour, w) {
      g.strokeStyle = colour; g.lineWidth = w; g.lineJoin = "round"; g.beginPath();
      for (var i = 0; i < n; i++) { g.lineTo(x(i), yy(values[from + i])); g.lineTo(x(i + 1), yy(values[from + i])); }
      g.stroke();
    }
    stairs(fed, y, INK, 1.6);
    if (level) {
      var yl = axis(top2, low, most(level) || 1, 0, 1, "store, MWh", 2);
      g.fillStyle = "#cfdff3"; g.beginPath(); g.moveTo(x(0), yl(0));
      for (var i = 0; i < n; i++) { g.lineTo(x(i), yl(level[from + i])); g.lineTo(x(i + 1), yl(level[from + i])); }
      g.lineTo(x(n), yl(0)); g.closePath(); g.fill();
    }
    var pr = price.subarray(from, to), a = Math.min(0, least(pr)), b = Math.max(a + 1, most(pr));
    var yp = axis(top2, low, b, a, -1, "electricity, €/MWh", 2);
    stairs(price, yp, "#85601c", 1.6);
    g.fillStyle = GREY; g.textAlign = "center";
    for (var d = first; d < lastDay; d++) {
      var end = d + 1 < days.length ? days[d + 1][0] : count;
      g.fillStyle = GREY;
      g.fillText(width < 560 ? days[d][1].slice(0, 3) : days[d][1], (x(days[d][0] - from) + x(end - from)) / 2, top2 + low + 17);
      g.globalAlpha = 0.25; g.fillRect(x(days[d][0] - from), top1, 1, high); g.fillRect(x(days[d][0] - from), top2, 1, low + 5); g.globalAlpha = 1;
    }
  }
  slider.addEventListener("input", drawWeek);

  function drawAll() { drawCarpet(); drawWeek(); }
  drawAll();
  window.addEventListener("resize", drawAll);
  window.addEventListener("beforeprint", function () { printing = true; drawAll(); });
  window.addEventListener("afterprint", function () { printing = false; drawAll(); });

  $("fields-copy").addEventListener("click", function () {
    $("fields-text").select();
    $("fields-done").textContent = document.execCommand("copy") ? "copied" : "selected: press Ctrl+C";
  });

  // Tells a test, and anybody who prints from a script, that everything is drawn.
  document.documentElement.dataset.drawn = "yes";
})();
