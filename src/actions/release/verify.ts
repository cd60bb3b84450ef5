import { runVerify as performVerify, type VerifyFlags } from '../../cli/commands/verify.ts';
import { renderChecks } from '../../cli/commands/verify-table.ts';
import type { Check } from '../../registry/verify/checks.ts';
import { listFaults } from '../../registry/verify/checks.ts';
import type { Shell } from '../shell.ts';
import { readVerifyInputs } from './inputs.ts';

/** Verifies a version, the ledger, or both, as the command line does. Ends well when nothing is wrong. */
export async function runVerify(shell: Shell): Promise<void> {
  const inputs = readVerifyInputs(shell.getInput);
  const { reference, ledger, depth, attestations, repository, signer, trustedRoot, token } = inputs;
  const common: VerifyFlags = {
    config: inputs.config,
    listed: depth === 'listed',
    attestations: attestations !== 'auto',
    requireAttestations: attestations === 'require',
    ...(repository !== undefined && { repository }),
    ...(signer !== undefined && { signerWorkflow: signer }),
    ...(trustedRoot !== undefined && { trustedRoot }),
  };
  const checks = [
    ...(reference === undefined ? [] : await check(shell, token, { ...common, reference })),
    ...(ledger ? await check(shell, token, { ...common, ledger }) : []),
  ];
  shell.print(`${renderChecks(checks, { color: false, width: 100 })}\n`);
  const faults = listFaults(checks).map(({ subject, reason }) => `${subject}: ${reason}`);
  shell.setOutputs({ verified: String(faults.length === 0), faults: JSON.stringify(faults) });
  const annotations = faults.map(
    (message) => ({ level: 'error', title: 'modelgate', message, place: undefined }) as const,
  );
  shell.postAnnotations(annotations);
  if (faults.length > 0) shell.block();
}

async function check(shell: Shell, token: string, flags: VerifyFlags): Promise<Check[]> {
  const { progress, signal } = shell;
  const environment = { ...shell.environment, ...(token !== '' && { GITHUB_TOKEN: token }) };
  let text = '';
  const print = (printed: string) => {
    text += printed;
  };
  await performVerify({ environment, progress, signal, color: false, width: 100, print }, { ...flags, json: true });
  return (JSON.parse(text) as { checks: Check[] }).checks;
}
