import { useSession } from '../state/session.ts';
import { SignInForm } from './SignInForm.tsx';

export function SignInPage() {
  const session = useSession((state) => state.session);
  return (
    <main className="jt-sign-in">
      <div className="jt-sign-in-card">
        <p className="jt-brand">
          <span className="jt-brand-mark" aria-hidden="true" />
          检台
        </p>
        <h1>{session?.institutionName || '建设工程质量检测'}</h1>
        <SignInForm />
        {session?.trainingHint != null && <p className="jt-training-line">{session.trainingHint}</p>}
      </div>
    </main>
  );
}
