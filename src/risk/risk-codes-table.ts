import { RISK_CODES, type RiskCode } from './risk-codes.js';

/** Every reason of the gate as a table for people. */
export function riskCodesTable(): string {
  const rows = Object.entries<RiskCode>(RISK_CODES).map(([code, { meaning, remedy, setting }]) => `| \`${code}\` | ${meaning} | ${remedy}${setting === null ? '' : ` (\`${setting}\`)`} |`);
  return ['| reason | meaning | what to do |', '| --- | --- | --- |', ...rows].join('\n');
}
