/**
 * Compiles without writing, and looks for two mistakes that compile: a promise nobody waits for, whose failure ends the
 * process or is lost, and a query nobody executes. `void promise` says that waiting is not wished.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { type Finding, report } from './source-tree.ts';

/** What the compiler says about the project of a `tsconfig.json`, and its promises and queries left alone. */
export function checkTypes(root: string, buildInfo?: string): Finding[] {
  const file = join(root, 'tsconfig.json');
  const config = ts.getParsedCommandLineOfConfigFile(
    file,
    // What was right the last time is not looked at again.
    { noEmit: true, ...(buildInfo && { incremental: true, tsBuildInfoFile: buildInfo }) },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  if (!config) return [{ file: 'tsconfig.json', line: 1, message: 'cannot be read' }];
  const { options, fileNames } = config;
  const builder = ts.createIncrementalProgram({ rootNames: fileNames, options });
  // What changed, or stands on what changed: the builder remembers what it said of all others.
  const affected = new Set<ts.SourceFile>();
  for (let next; (next = builder.getSemanticDiagnosticsOfNextAffectedFile());)
    for (const source of 'fileName' in next.affected ? [next.affected] : next.affected.getSourceFiles())
      affected.add(source);
  const diagnostics = [
    ...config.errors,
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  const forgotten = leftAlone(root, builder.getProgram(), affected);
  // Nobody remembers these: the next run must look at the same files again.
  if (forgotten.length === 0) builder.emit();
  const findings = diagnostics.map(({ file: source, start, messageText, code }): Finding => {
    const message = `TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    if (!source) return { file: 'tsconfig.json', line: 1, message };
    const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
    return { file: relative(root, source.fileName), line: line + 1, message };
  });
  return [...findings, ...forgotten];
}

function leftAlone(root: string, program: ts.Program, sources: ReadonlySet<ts.SourceFile>): Finding[] {
  const checker = program.getTypeChecker();
  const findings: Finding[] = [];

  const isThenable = (type: ts.Type): boolean => {
    if (type.isUnion()) return type.types.some(isThenable);
    const then = type.getProperty('then');
    return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  };
  const isQuery = (type: ts.Type) => /QueryBuilder(?:Impl)?$/.test(type.symbol?.name ?? '');

  /** Why a value that nobody takes should not be left alone; undefined when it may. */
  const fault = (value: ts.Expression): string | undefined => {
    if (ts.isParenthesizedExpression(value)) return fault(value.expression);
    if (ts.isConditionalExpression(value)) return fault(value.whenTrue) ?? fault(value.whenFalse);
    if (ts.isBinaryExpression(value)) {
      const isChoice = [
        ts.SyntaxKind.AmpersandAmpersandToken,
        ts.SyntaxKind.BarBarToken,
        ts.SyntaxKind.QuestionQuestionToken,
        ts.SyntaxKind.CommaToken,
      ].includes(value.operatorToken.kind);
      return isChoice ? fault(value.right) : undefined;
    }
    if (!ts.isCallExpression(value) && !ts.isNewExpression(value) && !ts.isIdentifier(value))
      return undefined;
    if (ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression)) {
      const { name, expression } = value.expression;
      if (name.text === 'catch' && value.arguments.length > 0) return undefined;
      if (name.text === 'then' && value.arguments.length > 1) return undefined;
      if (name.text === 'finally') return fault(expression);
    }
    const type = checker.getTypeAtLocation(value);
    if (isThenable(type)) return 'nobody waits for this promise: await it, catch its failure, or say void';
    return isQuery(type) ? 'this query is never executed' : undefined;
  };

  for (const source of sources) {
    if (source.isDeclarationFile || source.fileName.includes('/node_modules/')) continue;
    const visit = (node: ts.Node) => {
      if (ts.isExpressionStatement(node)) {
        const message = fault(node.expression);
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        if (message) findings.push({ file: relative(root, source.fileName), line: line + 1, message });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return findings;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  process.exitCode = report(checkTypes(root, join(root, '.cache/types.tsbuildinfo')));
}
