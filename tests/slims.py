"""A library of SLiMS, written out as its backup does: three titles, three copies, two members, and
a little of everything that its desk keeps."""

from __future__ import annotations

from datetime import date, timedelta


def earlier(today: date, days: int) -> str:
    """A day so many days before, as SLiMS writes it."""
    return (today - timedelta(days=days)).isoformat()


def dump(today: date) -> str:
    """SLiMS' own tables, as its backup writes them, its days reckoned from `today`."""
    return f"""-- MySQL dump 10.13
CREATE TABLE `mst_gmd` (`gmd_id` int, `gmd_code` varchar(3), `gmd_name` varchar(30));
INSERT INTO `mst_gmd` VALUES (1,'TE','Text');
INSERT INTO mst_author (author_id,author_name,authority_type) VALUES
 (1,'Alimul Hidayat, A. Aziz','p'),(2,'Kementerian Kesehatan','o'),(3,'Sri Wahyuni','p');
INSERT INTO mst_topic (topic_id,topic) VALUES (1,'Keperawatan'),(2,'Gizi');
INSERT INTO mst_publisher (publisher_id,publisher_name) VALUES (1,'Salemba Medika');
INSERT INTO mst_place (place_id,place_name) VALUES (1,'Jakarta');
INSERT INTO mst_coll_type (coll_type_id,coll_type_name) VALUES (1,'Textbook'),(2,'Reference');
INSERT INTO mst_item_status (item_status_id,item_status_name) VALUES ('MIS','Missing');
INSERT INTO mst_member_type (member_type_id,member_type_name,loan_limit,loan_periode,member_periode,
 reborrow_limit,fine_each_day,grace_periode) VALUES (1,'Tenaga Medis',5,14,365,2,500,1),
 (2,'Mahasiswa Praktik',3,7,90,1,0,0);
INSERT INTO biblio (biblio_id,gmd_id,title,isbn_issn,publisher_id,publish_year,collation,
 call_number,publish_place_id,classification,language_id,notes) VALUES
 (10,1,'Keperawatan Dasar : buku ajar','978-979-084-075-1',1,'2015','xii, 200 hlm. ; 24 cm',
  '610.73 ALI k',1,'610.73','id',
  '<div style="height: 250px; overflow-y: auto;">Cetakan \\'kedua\\'</div>'),
 (11,1,'Pedoman Gizi','',1,'2018','',NULL,NULL,'613.2','id',NULL),
 (12,1,'','',NULL,'','','',NULL,'','id',NULL);
INSERT INTO biblio_author (biblio_id,author_id,level) VALUES (10,3,4),(10,1,1),(11,2,1);
INSERT INTO biblio_topic (biblio_id,topic_id,level) VALUES (10,1,1),(11,2,1);
INSERT INTO item (item_id,biblio_id,call_number,coll_type_id,item_code,inventory_code,received_date,
 item_status_id,source,price) VALUES
 (1,10,NULL,1,'B00001','INV/1','2015-02-03','0',1,75000),
 (2,10,NULL,1,'B00002','INV/2','2015-02-03','MIS',2,NULL),
 (3,11,'613.2 KEM p c.2',2,'G 1','',NULL,'0',0,0);
INSERT INTO member (member_id,member_name,gender,birth_date,member_type_id,member_address,pin,
 member_phone,member_since_date,expire_date) VALUES
 ('0012','dr. Dewi O\\'Neill',0,'1980-01-01',1,'Jl. Rahasia 1','3201010101010001','081234567890',
  '2024-01-01','2027-12-31'),
 ('0013','Budi Contoh',1,'2000-01-01',2,'Jl. Rahasia 2',NULL,'-','2026-01-01','2027-06-30');
INSERT INTO loan (loan_id,item_code,member_id,loan_date,due_date,renewed,is_lent,is_return,
 return_date) VALUES (1,'B00001','0012','{earlier(today, 5)}','{earlier(today, -9)}',1,1,0,NULL),
 (2,'ZZZ','0012','{earlier(today, 5)}','{earlier(today, -9)}',0,1,0,NULL),
 (3,'G 1','9999','{earlier(today, 5)}','{earlier(today, -9)}',0,1,0,NULL);
INSERT INTO loan_history (loan_id,item_code,member_id,member_type_name,loan_date,due_date,renewed,
 is_lent,is_return,return_date) VALUES
 (1,'B00001','0012','Tenaga Medis','{earlier(today, 5)}','{earlier(today, -9)}',1,1,0,NULL),
 (9,'B00002','0013','Mahasiswa Praktik','{earlier(today, 60)}','{earlier(today, 50)}',0,1,1,
  '{earlier(today, 52)}');
INSERT INTO fines (fines_id,fines_date,member_id,debet,credit,description) VALUES
 (1,'{earlier(today, 20)}','0013',3000,1000,'Overdue fines for item B00002'),
 (2,'{earlier(today, 20)}','0013',2500,0,'lain-lain');
INSERT INTO reserve (reserve_id,member_id,biblio_id,item_code,reserve_date) VALUES
 (1,'0013',10,'','{earlier(today, 2)}');
INSERT INTO visitor_count (visitor_id,member_id,member_name,institution,checkin_date) VALUES
 (1,'0012','dr. Dewi','RSUD','{earlier(today, 40)} 09:00:00'),
 (2,NULL,'Tamu','Umum','{earlier(today, 40)} 10:00:00');
INSERT INTO holiday (holiday_id,holiday_dayname,holiday_date,description) VALUES
 (1,'Fri','2026-12-25','Natal'),(2,'sun',NULL,NULL);
"""
