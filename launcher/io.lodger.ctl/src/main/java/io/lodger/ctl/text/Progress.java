package io.lodger.ctl.text;

/** Is told how far something long has come. Any thread may tell. */
public interface Progress {
    /** Nobody looks. */
    Progress UNSEEN = new Progress() {
        @Override
        public void expect(long bytes) {
        }

        @Override
        public void advance(long bytes) {
        }
    };

    /** So many bytes more are to be moved. */
    void expect(long bytes);

    /** So many of them have been moved; fewer than none if some have to be moved again. */
    void advance(long bytes);
}
