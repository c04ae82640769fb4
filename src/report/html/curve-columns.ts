import { groupEnd, groupTime, type Timeline } from './timeline.js';

/** Points of a curve that are drawn: every one, or the extremes of each group. */
export interface DrawnCurve {
  /** UTC ms, rising. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * A curve along a timeline. Where bars are grouped, each group is drawn by its lowest and its highest point, in the order in which they
 * came, so that no peak and no fall is lost; both ends are drawn as they are.
 *
 * @param curve one value before the first bar, then one at the close of each; NaN where there is none
 */
export function drawnCurve(curve: Float64Array, timeline: Timeline): DrawnCurve {
  const times = [groupTime(timeline, 0) - spacing(timeline)];
  const values = [curve[0]];
  for (let group = 0; group < timeline.starts.length; group++) {
    const time = groupTime(timeline, group);
    const [first, second] = extremes(curve, timeline.starts[group] + 1, groupEnd(timeline, group) + 1);
    times.push(time);
    values.push(curve[first]);
    if (timeline.group === 1) continue;
    times.push(time + spacing(timeline));
    values.push(curve[second]);
  }
  // What the account is worth at the end is the one number that everybody reads off.
  const last = curve[curve.length - 1];
  if (values.at(-1) !== last) {
    times.push((times.at(-1) as number) + Math.floor(spacing(timeline) / 2));
    values.push(last);
  }
  return { times: Float64Array.from(times), values: Float64Array.from(values) };
}

/** 0 at a new highest point, -0.1 a tenth below it; one value per point of the curve. */
export function falls(curve: Float64Array): Float64Array {
  const below = new Float64Array(curve.length);
  let highest = 0;
  for (let i = 0; i < curve.length; i++) {
    highest = Math.max(highest, curve[i]);
    below[i] = highest > 0 ? Math.max(-1, curve[i] / highest - 1) : 0;
  }
  return below;
}

/** Two points to a group: at its start and at its middle. */
function spacing({ barMs, group }: Timeline): number {
  return group === 1 ? barMs : Math.floor((barMs * group) / 2);
}

/** Places of the lowest and the highest of [from, to), the earlier one first. */
function extremes(curve: Float64Array, from: number, to: number): readonly [number, number] {
  let lowest = from;
  let highest = from;
  for (let i = from + 1; i < to; i++) {
    if (curve[i] < curve[lowest] || Number.isNaN(curve[lowest])) lowest = i;
    if (curve[i] > curve[highest] || Number.isNaN(curve[highest])) highest = i;
  }
  return lowest < highest ? [lowest, highest] : [highest, lowest];
}
