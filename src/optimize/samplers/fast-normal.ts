// Rational approximations of W. J. Cody (1969) to the error function, good to some 1e-15 relative.
const NEAR = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694];
const NEAR_BELOW = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE = [2.1531153547440383e-8, 0.5641884969886701, 8.883149794388375, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972];
const MIDDLE_BELOW = [1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.38957456669, 3290.7992357334597, 4362.619090143247, 3439.3676741437216, 1230.3393548037493];
const FAR = [0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.01608378514874228, 0.0006587491615298378];
const FAR_BELOW = [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

const NEAR_LIMIT = 0.46875;
const FAR_LIMIT = 4;
const ONE_BY_ROOT_PI = 1 / Math.sqrt(Math.PI);

/**
 * Distribution function of the standard normal distribution, small probabilities to all their digits: `normalCdf`, ten times as fast, for a
 * sampler that asks for it a hundred thousand times a proposal.
 */
export function fastNormalCdf(x: number): number {
  const z = Math.abs(x) * Math.SQRT1_2;
  if (z <= NEAR_LIMIT) {
    const y = z * z;
    const erf = (z * polynomial(NEAR, y)) / polynomial(NEAR_BELOW, y);
    return 0.5 + (x < 0 ? -0.5 : 0.5) * erf;
  }
  const tail = 0.5 * Math.exp(-z * z) * scaledTail(z);
  return x < 0 ? tail : 1 - tail;
}

/** exp(z^2) * erfc(z) */
function scaledTail(z: number): number {
  if (z <= FAR_LIMIT) return polynomial(MIDDLE, z) / polynomial(MIDDLE_BELOW, z);
  const y = 1 / (z * z);
  return (ONE_BY_ROOT_PI - (y * polynomial(FAR, y)) / polynomial(FAR_BELOW, y)) / z;
}

/** @param coefficients of the highest power first */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let k = 0; k < coefficients.length; k++) value = value * x + coefficients[k];
  return value;
}
